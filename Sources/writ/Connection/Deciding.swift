import CEL

/// One decision on an open approval, bound to what was shown at this moment.
struct Deciding {
  let decision: String
  let reason: String?

  func run(
    _ work: WorkArgument, in repository: RepositoryOption, _ writing: WritingOption, _ output: OutputOption
  ) async throws {
    let key = writing.key
    let receipt = try await Session.run(in: try repository.place()) { api in
      let approval = try await Work.find(work.id, .approval, step: work.step, api)
      if !output.json { Self.show(approval) }
      var body: ValueMap = ["decision": .string(decision)]
      body["reason"] = reason.map { .string($0) }
      body["digest"] = approval.item["digest"]
      return try await api.post("\(approval.path)/decisions", body, key: key)
    }
    Receipt(receipt).write(as: output)
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
