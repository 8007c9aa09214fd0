import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// One decision on an open approval, bound to what was shown at this moment.
struct Deciding {
  let decision: String
  let reason: String?

  func run(
    _ work: WorkArgument, in repository: RepositoryOption, _ writing: WritingOption, _ signing: SigningOption,
    _ output: OutputOption
  ) async throws {
    let key = writing.key
    let place = try repository.place()
    if !place.hasRecord, signing.isWanted, let verdict = Decision.Verdict(rawValue: decision) {
      return try PushedDecision(place: place, verdict: verdict, reason: reason).run(work, signing)
    }
    let receipt = try await Session.run(in: place) { api in
      let approval = try await Work.find(work.id, .approval, step: work.step, api)
      if !output.json { Self.show(approval) }
      let body = signing.isWanted ? try signed(approval, by: api.person, signing, place) : unsigned(approval)
      return try await api.post("\(approval.path)/decisions", body, key: key)
    }
    Receipt(receipt).write(as: output)
  }

  private func unsigned(_ approval: Work) -> ValueMap {
    var body: ValueMap = ["decision": .string(decision)]
    body["reason"] = reason.map { .string($0) }
    body["digest"] = approval.item["digest"]
    return body
  }

  private func signed(
    _ approval: Work, by person: PersonID, _ signing: SigningOption, _ place: Place
  ) throws -> ValueMap {
    guard let document = document(approval.item, by: person) else {
      throw Complaint(.remoteFailed, "the server does not say what a signature would bind to", hint: "update it")
    }
    let signed = try signing.sign(document, in: place)
    return [
      "document": .string(String(decoding: signed.document, as: UTF8.self)), "signature": .string(signed.signature),
    ]
  }

  /// A signed decision that has not arrived within an hour is not taken any more.
  private static let lifetime: Duration = .seconds(3_600)

  private func document(_ item: Value, by person: PersonID) -> DecisionDocument? {
    guard let repository = item[text: "repository"], let step = item[text: "step"], let visit = item["visit"]?.intValue,
      let instance = item[text: "instance"].flatMap({ InstanceID($0) }), let definition = item[text: "definition"],
      let verdict = Decision.Verdict(rawValue: decision)
    else { return nil }
    let binding = InboxBinding(
      repository: repository, instance: instance, step: step, visit: Int(visit), level: item[text: "level"],
      definition: definition, shown: item[text: "digest"], nonce: item[text: "nonce"], person: person)
    return DecisionDocument(
      binding, verdict, reason: reason, actingFor: seat(of: person, item[items: "pool"]),
      expires: Timestamp.current.adding(Self.lifetime))
  }

  /// Whose seat a person who holds none of their own decides on: one lent to them, or that of somebody absent.
  private func seat(of person: PersonID, _ pool: [Value]) -> PersonID? {
    guard !pool.contains(where: { $0[text: "person"] == person }) else { return nil }
    let seat = pool.first { $0[text: "holder"] == person }
    return (seat ?? pool.first { $0[items: "covered_by"].contains(.string(person)) })?[text: "person"]
  }

  /// What is decided on, on stderr: the record binds the decision to exactly this.
  private static func show(_ approval: Work) {
    Terminal.next("\(approval.title) (\(approval.id))")
    let facts = approval.item[items: "shown"].map { ($0[text: "label"] ?? "", $0["value"]?.words ?? "") }
    let width = facts.map(\.0.count).max() ?? 0
    for (label, text) in facts {
      let gap = String(repeating: " ", count: width - label.count + 2)
      Terminal.next("  \(label)\(gap)\(Table.fitted(text, max(Terminal.width - width - 4, 20)))")
    }
  }
}
