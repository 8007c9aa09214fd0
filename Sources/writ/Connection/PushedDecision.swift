import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// A signed decision from a clone, where only a remote is near: made from the request on the inbox branch, and pushed as a
/// ref of its own, so that it races with nobody.
struct PushedDecision {
  let place: Place
  let verdict: Decision.Verdict
  let reason: String?
  private static let remote = "origin"
  private static let inbox = "refs/remotes/\(remote)/\(Intake.branch)"
  /// The runner may be away for a while.
  private static let lifetime: Duration = .seconds(7 * 24 * 3_600)

  func run(_ work: WorkArgument, _ signing: SigningOption) throws {
    let git = GitProgram(folder: place.folder)
    try git.run("fetch", "--quiet", "--", Self.remote, "+refs/heads/\(Intake.branch):\(Self.inbox)")
    let (binding, text) = try request(work, for: try Keyboard(place).requirePerson(at: nil))
    for line in text.split(separator: "\n").drop(while: { !$0.hasPrefix("shown:") }).prefix(while: { $0 != "asked:" }) {
      Terminal.next("  \(line)")
    }
    let document = DecisionDocument(
      binding, verdict, reason: reason, actingFor: nil, expires: Timestamp.current.adding(Self.lifetime))
    let commit = try commit(try signing.sign(document, in: place))
    let name = Intake.shortLived + Hex.sha256(document.bytes).prefix(32)
    try git.run("push", "--quiet", "--", Self.remote, "\(commit):\(name)")
    Terminal.out("\(binding.instance)  \(verdict.rawValue)  pushed as \(name)")
    Terminal.next("it counts when the runner has taken it in; if it does not, your file on \(Intake.branch) says why")
  }

  /// The person's own file of the inbox.
  private func request(_ work: WorkArgument, for person: PersonID) throws -> (InboxBinding, String) {
    guard let tip = place.repository.ref(Self.inbox) else {
      throw Complaint(.notFound, "\(Self.remote) has no branch \(Intake.branch)")
    }
    var found: [(InboxBinding, String)] = []
    for file in try place.repository.files(under: "", in: tip) where file.path.hasSuffix("/\(person).yaml") {
      let bytes = try place.repository.blob(file.id, limit: 1 << 16)
      guard let binding = InboxReader.read(bytes).binding, binding.path == file.path, binding.level != nil,
        [binding.instance.description, "\(binding.instance.number)"].contains(work.id),
        work.step == nil || work.step == binding.step
      else { continue }
      found.append((binding, String(decoding: bytes, as: UTF8.self)))
    }
    guard let first = found.first else {
      throw Complaint(
        .notFound, "\(work.id) asks \(person) for no decision", hint: "what is asked: git ls-tree \(Self.inbox)")
    }
    guard found.count == 1 else {
      throw Complaint(
        .conflict, "several could be meant in \(work.id)",
        hint: "say which: " + found.map { "--step \($0.0.step)" }.joined(separator: " or "))
    }
    return first
  }

  private func commit(_ signed: SignedDecision) throws -> ObjectID {
    let keyboard = Keyboard(place)
    let who = Signature(
      name: keyboard.name ?? "Writ", email: keyboard.email ?? "", time: Timestamp.current.seconds, offset: 0)
    return try place.repository.createCommit(
      [
        .write(DecisionDocument.file, signed.document),
        .write(DecisionDocument.signatureFile, Array(signed.signature.utf8)),
      ], on: nil, message: "Decision\n", author: who, committer: who)
  }
}

extension InboxReading {
  /// What the file is about, whatever was written in it.
  fileprivate var binding: InboxBinding? {
    switch self {
    case .open(let binding): binding
    case .decision(let decision): decision.binding
    case .completion(let completion): completion.binding
    case .remark(let remark): remark.binding
    case .unclear(_, let binding): binding
    }
  }
}
