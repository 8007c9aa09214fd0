import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// What a push would do, judged before any ref moves: a deploy branch that does not hold, decisions that could not count.
struct PushExamination {
  /// Sees what is pushed beside what is there.
  private let passing: PassingRepository
  private var repository: Repository { passing.repository }
  let deployBranch: String
  /// The people of the deploy branch as it is before the push.
  let policy: Policy
  let inbox: ObjectID?
  /// Of the record beside the repository; `nil` where none is near, and only the runner can tell.
  let requests: OpenRequests?

  init(
    passing: PassingRepository, deployBranch: String, policy: Policy, inbox: ObjectID?, requests: OpenRequests?
  ) {
    self.passing = passing
    self.deployBranch = deployBranch
    self.policy = policy
    self.inbox = inbox
    self.requests = requests
  }

  /// - Returns: why the push is refused, in lines for whoever pushes; none where it is lawful.
  func objections(to ref: PushedRef) async throws -> [String] {
    switch ref.name {
    case "refs/heads/\(deployBranch)": try deploying(ref)
    case "refs/heads/\(Intake.branch)": try await deciding(ref)
    case let name where name.hasPrefix(Intake.shortLived): try await handingIn(ref)
    default: []
    }
  }

  // MARK: The deploy branch

  private func deploying(_ ref: PushedRef) throws -> [String] {
    if let objection = try rewriting(ref) { return [objection] }
    guard let new = ref.new else { return [] }
    let checked = try RepositoryCheck.check(CommitTree(repository: repository, commit: new))
    guard checked.hasErrors else { return [] }
    let lines = FindingFormat.compact.render(checked.findings).split(separator: "\n").map(String.init)
    return ["\(deployBranch) would not deploy:"] + lines
  }

  private func rewriting(_ ref: PushedRef) throws -> String? {
    let branch = ref.name.dropFirst("refs/heads/".count)
    guard let old = ref.old else { return nil }
    guard let new = ref.new else { return "\(branch) is not to be removed" }
    return try repository.isAncestor(old, of: new) ? nil : "\(branch) is not to be rewritten: pull, and push again"
  }

  // MARK: Decisions

  private func deciding(_ ref: PushedRef) async throws -> [String] {
    if let objection = try rewriting(ref) { return [objection] }
    guard let new = ref.new else { return [] }
    return try await commits(new, without: ref.old)
  }

  private func handingIn(_ ref: PushedRef) async throws -> [String] {
    guard let new = ref.new else { return [] }
    let files = try [DecisionDocument.file, DecisionDocument.signatureFile].map {
      try repository.entry(at: $0, inCommit: new)
    }
    guard let document = files[0], let seal = files[1] else { return try await commits(new, without: inbox) }
    let bytes = try repository.blob(document.id, limit: DecisionDocument.limit)
    let signature = try repository.blob(seal.id, limit: SSHSignature.limit)
    do {
      let decision = try DecisionDocument.read(bytes)
      let key = try await SignatureCheck.key(
        of: String(decoding: signature, as: UTF8.self), over: bytes, for: DecisionDocument.namespace)
      let own = objections(to: key.fingerprint, by: decision.binding.person, .key)
      guard own.isEmpty else { return own }
      return try unlawful(decision.binding, in: nil, by: decision.binding.person, .key, key: key.fingerprint) { _ in
        .decide(decision.command)
      }
    } catch let error as Rejection {
      return Self.lines(error)
    }
  }

  private static let mostCommits = 1_000

  private func commits(_ new: ObjectID, without old: ObjectID?) async throws -> [String] {
    var lines: [String] = []
    for id in try repository.history(from: new, excluding: old.map { [$0] } ?? [], limit: Self.mostCommits) {
      let commit = try repository.commit(id)
      for change in try repository.changedPaths(from: commit.parents.first, to: id) where change.new != nil {
        let words = try await objections(to: change.path, in: commit)
        lines += words.map { "\(id.description.prefix(12)) \(change.path): \($0)" }
      }
    }
    return lines
  }

  private func objections(to path: String, in commit: CommitInfo) async throws -> [String] {
    guard path.hasSuffix(".yaml"), let entry = try repository.entry(at: path, inCommit: commit.id), entry.mode.isFile
    else { return [] }
    let binding: InboxBinding
    let act: (DeployedWorkflow) throws(Rejection) -> Command.Action?
    let file = try repository.blob(entry.id, limit: 1 << 20)
    switch InboxReader.read(file) {
    case .open: return []
    case .unclear(let answer, _): return [answer.problem] + (answer.remedy.map { [$0] } ?? [])
    case .decision(let decision): (binding, act) = (decision.binding, { _ in .decide(decision.command) })
    case .remark(let remark): (binding, act) = (remark.binding, { _ in remark.command })
    case .completion(let completion):
      (binding, act) = (completion.binding, { (it) throws(Rejection) in try completion.command(in: it) })
    }
    // What a merge brings along was judged in the commits that it merges; the runner answers what is new in it.
    if commit.isMerge { return [] }
    let signatory: CommitSignatory
    do throws(Rejection) { signatory = try await CommitSignatory(of: commit, under: policy) } catch {
      return Self.lines(error)
    }
    let key = signatory.key?.fingerprint
    let own = key.map { objections(to: $0, by: signatory.person, signatory.assurance) } ?? []
    guard own.isEmpty else { return own }
    guard binding.path == path else { return ["this file belongs to another request, \(binding.path)"] }
    return try unlawful(binding, in: file, by: signatory.person, signatory.assurance, key: key, act)
  }

  /// Whether it is open, asks this person, and nothing excludes them: what the runner would say now.
  private func unlawful(
    _ binding: InboxBinding, in file: [UInt8]?, by person: PersonID, _ assurance: Assurance, key: String?,
    _ act: (DeployedWorkflow) throws(Rejection) -> Command.Action?
  ) throws -> [String] {
    try requests?.rejection(of: binding, in: file, by: person, assurance, key: key, act).map(Self.lines) ?? []
  }

  /// A key that does not count today would not count when the runner takes the decision in.
  private func objections(to key: String, by person: PersonID, _ assurance: Assurance) -> [String] {
    if let objection = policy.objection(to: key, at: .current) { return [objection] }
    guard assurance != .key || policy.holder(of: key) == .person(person) else {
      return ["the key \(key) is not one of \(person)"]
    }
    return []
  }

  private static func lines(_ rejection: Rejection) -> [String] {
    [rejection.message] + (rejection.hint.map { [$0] } ?? [])
  }
}
