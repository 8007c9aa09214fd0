import CEL
package import GitStore
import HashTreeCollections
package import Logging
package import ServiceLifecycle
package import WorkflowEngine
package import WorkflowFiles

/// A commit decides: takes decisions from the branch `writ/inbox` and keeps the branch equal to what is open.
///
/// Every new commit is read, parents first, not only the tip; whatever else people do to the branch loses nothing.
package struct Intake: Service {
  package static let branch = "writ/inbox"
  /// Where decisions are pushed as refs of their own.
  package static let shortLived = "refs/writ/decisions/"
  let runner: Runner
  let repository: Repository
  let desk: InboxDesk

  package init(runner: Runner, repository: Repository, logger: Logger) {
    (self.runner, self.repository) = (runner, repository)
    desk = InboxDesk(runner: runner, repository: repository, logger: logger)
  }

  package func run() async {
    let changes = Task { [desk] in
      for await change in desk.runner.changes() { await desk.note(change) }
    }
    for await _ in pulse(every: .milliseconds(100)).cancelOnGracefulShutdown() { await desk.work() }
    changes.cancel()
  }

  /// Takes in what is there and tidies, once.
  package func step() async {
    await desk.noteAll()
    await desk.work()
  }
}

/// One desk for the branch: what came in, what is to be answered, what has to be shown.
actor InboxDesk {
  nonisolated let runner: Runner
  let repository: Repository
  let logger: Logger
  /// Words to people whose commit did not count, by path, until they write again or the request closes.
  var answers: [String: InboxAnswer] = [:]
  /// Instances whose files may have to change.
  var dirty: Set<Int>
  /// Refs whose commits were taken in and are to become part of the branch: then their authors find themselves up to date.
  var joining: [String: ObjectID] = [:]
  private var lastComplaint = ""
  /// Who covers whom, as the files have it.
  private var covers: [PersonID: [PersonID]] = [:]
  private var isFrozen = false
  /// A commit that could not be read, and how often.
  private var stumbles: (commit: ObjectID, times: Int)?

  /// Name of the cursor that says which commit of the branch was taken in last.
  static let cursor = "inbox"

  init(runner: Runner, repository: Repository, logger: Logger) {
    self.runner = runner
    self.repository = repository
    self.logger = logger
    dirty = Set(runner.snapshot.live.numbers)
  }

  func note(_ change: Change) {
    dirty.formUnion(change.instances.map(\.number))
    if change.deployed { dirty.formUnion(runner.snapshot.live.numbers) }
  }

  var branch: InboxBranch {
    InboxBranch(repository: repository, remote: runner.snapshot.deployment.settings.remote)
  }

  /// What was taken in last.
  var known: ObjectID? { runner.snapshot.cursors[Self.cursor].flatMap { ObjectID(hex: $0) } }

  /// What is open, and what the branch shows.
  func noteAll() {
    dirty.formUnion(runner.snapshot.live.numbers)
    guard let tip = branch.tip, let files = try? repository.files(under: "", in: tip) else { return }
    dirty.formUnion(files.compactMap { InboxRequests.instance(of: $0.path) })
  }

  func work() async {
    guard runner.snapshot.deployment.commit != nil, runner.snapshot.deployment.settings.usesInbox else { return }
    noteAbsences()
    do {
      try await takeIn()
      try await takeInRefs()
      try await tidy()
    } catch {
      complain("the inbox cannot be read: \(error)")
    }
  }

  /// An absence begins and ends with the day, not with an event.
  private func noteAbsences() {
    let (policy, now, world) = (runner.policy(), runner.clock(), runner.snapshot)
    let absent = policy.people.people.values.filter { !$0.absences.isEmpty }.map(\.id)
    let today = Dictionary(uniqueKeysWithValues: absent.map { ($0, policy.covers(for: $0, at: now)) })
    for person in Set(covers.keys).union(today.keys) where covers[person, default: []] != today[person, default: []] {
      dirty.formUnion(world.work[person] ?? [])
    }
    covers = today
  }

  /// Says a thing once, not ten times a second.
  func complain(_ words: String) {
    guard words != lastComplaint else { return }
    lastComplaint = words
    logger.error("\(words)")
  }

  // MARK: Taking in

  private func takeIn() async throws {
    guard let tip = branch.tip else {
      if known != nil { noteAll() }
      return
    }
    let known = known
    guard known != tip else { return thaw(at: tip) }
    let remote = runner.snapshot.deployment.settings.remote
    if let rewrite = Intake.rewrite(in: repository, remote: remote, cursors: runner.snapshot.cursors) {
      isFrozen = true
      let alarm = rewrite.alarm(remote: remote)
      return complain("\(alarm.words) \(alarm.remedy)")
    }
    thaw(at: tip)
    for id in try repository.history(from: tip, excluding: known.map { [$0] } ?? []) {
      do {
        try await takeIn(try repository.commit(id))
      } catch let error as RepositoryError {
        try passOver(id, error)
      }
    }
    try await advance(to: tip)
  }

  /// A commit that cannot be read must not keep the others out. What may be read a moment later is tried again.
  private func passOver(_ commit: ObjectID, _ error: RepositoryError) throws {
    let times = (stumbles?.commit == commit ? stumbles?.times ?? 0 : 0) + 1
    stumbles = (commit, times)
    guard times >= Self.patience else { throw error }
    logger.error("commit \(commit) of \(Intake.branch) cannot be read and is passed over: \(error)")
    noteAll()
  }

  /// Looks at a commit before it is given up.
  private static let patience = 10

  /// Says that a rewritten branch is as it was, or accepted.
  private func thaw(at tip: ObjectID) {
    guard isFrozen else { return }
    (isFrozen, lastComplaint) = (false, "")
    logger.info("decisions are taken from \(Intake.branch) again, at \(tip)")
  }

  /// - Returns: whether the commit decides anything, countable or not.
  @discardableResult
  func takeIn(_ commit: CommitInfo) async throws -> Bool {
    var speaks = false
    let first = try repository.changedPaths(from: commit.parents.first, to: commit.id)
    for change in first where change.new != nil {
      if let number = InboxRequests.instance(of: change.path) { dirty.insert(number) }
      guard change.path.hasSuffix(".yaml"), try !commit.isMerge || isNew(change, in: commit) else { continue }
      guard let entry = try repository.entry(at: change.path, inCommit: commit.id), entry.mode.isFile else { continue }
      let answer: InboxAnswer?
      do {
        let bytes = try repository.blob(entry.id, limit: CommitTree.fileLimit)
        let reading = InboxReader.read(bytes)
        if case .open = reading {} else { speaks = true }
        answer = try await take(reading, of: bytes, change.path, commit)
      } catch RepositoryError.tooLarge {
        answer = Self.tooLarge
      }
      // Words are kept only where there is a request that they can stand on.
      answers[change.path] = InboxRequests.instance(of: change.path) == nil ? nil : answer
    }
    for change in first where change.new == nil {
      if let number = InboxRequests.instance(of: change.path) { dirty.insert(number) }
    }
    return speaks
  }

  /// In a merge only what no parent has is new.
  private func isNew(_ change: PathChange, in commit: CommitInfo) throws -> Bool {
    let entry = try repository.entry(at: change.path, inCommit: commit.id)
    return try commit.parents.allSatisfy { try repository.entry(at: change.path, inCommit: $0)?.id != entry?.id }
  }

  /// - Returns: what to answer; `nil` where the file counts, or says nothing.
  private func take(
    _ reading: InboxReading, of bytes: [UInt8], _ path: String, _ commit: CommitInfo
  ) async throws -> InboxAnswer? {
    let binding: InboxBinding
    let action: Command.Action
    switch reading {
    case .open: return nil
    case .unclear(let answer, _): return answer
    case .decision(let decision):
      binding = decision.binding
      action = .decide(decision.command)
    case .completion(let completion):
      binding = completion.binding
      do throws(Rejection) {
        guard let complete = try complete(completion) else { return Self.closed }
        action = complete
      } catch {
        return InboxAnswer(problem: error.message, remedy: error.hint)
      }
    case .remark(let remark):
      binding = remark.binding
      action = remark.command
    }
    if commit.isMerge { return Self.merged }
    guard binding.repository == runner.snapshot.repository, binding.path == path else { return Self.elsewhere }
    guard let instance = try runner.instance(binding.instance.number), instance.id == binding.instance,
      instance.definition == binding.definition
    else { return Self.closed }
    if InboxRequest.isFalsified(bytes, boundTo: binding, in: instance) { return Self.falsified }
    let signatory: CommitSignatory
    do throws(Rejection) { signatory = try await CommitSignatory(of: commit, under: runner.policy()) } catch {
      return InboxAnswer(problem: error.message, remedy: error.hint)
    }
    let evidence = try Evidence.of(
      commit, path: path, key: signatory.key, policy: runner.snapshot.deployment.commit, in: repository)
    let request = Request(
      by: signatory.person, assurance: signatory.assurance, key: "inbox \(commit.id) \(path)", evidence: evidence,
      signer: signatory.key?.fingerprint, .act(binding.instance.number, action))
    return try await submit(request, asked: instance.visit(binding.step, binding.visit)?.asked ?? [])
  }

  private func submit(_ request: Request, asked: [PersonID]) async throws -> InboxAnswer? {
    do throws(SubmitError) {
      _ = try await runner.submit(request)
      return nil
    } catch .refused(let rejection) where rejection.code != .busy {
      return InboxAnswer(rejection, asked: asked)
    }
  }

  private func complete(_ completion: InboxCompletion) throws(Rejection) -> Command.Action? {
    let binding = completion.binding
    guard let instance = runner.snapshot.live[binding.instance.number],
      let definition = runner.snapshot.deployment.workflow(of: instance)
    else { return nil }
    return try completion.command(in: definition)
  }

  private static let closed = InboxAnswer(problem: "this is no longer open", remedy: "nothing is left to decide here")
  private static let falsified = InboxAnswer(
    problem: InboxRequest.falsified, remedy: "look at the facts as they are here now, and decide on them")
  private static let tooLarge = InboxAnswer(
    problem: "the file, or the one that it replaces, is too large",
    remedy: "take the file as it is now, and change only the lines on top")
  private static let elsewhere = InboxAnswer(
    problem: "this file belongs to another request", remedy: "decide in the file that was written for you")
  private static let merged = InboxAnswer(
    problem: "the decision first appears in a merge, so it is nobody's",
    remedy: "write it again and commit it as yourself")

  func advance(to tip: ObjectID) async throws {
    let cursor = Cursor(ref: Self.cursor, commit: tip.description)
    _ = try await runner.submit(Request(by: "system:inbox", cursor: cursor, .advance))
  }
}

extension InboxCompletion {
  /// The same in the engine's words; `nil` where the step is no task.
  package func command(in definition: DeployedWorkflow) throws(Rejection) -> Command.Action? {
    guard case .task(let task)? = definition.workflow.step(binding.step)?.kind else { return nil }
    guard task.form?.isSensitive != true else {
      throw Rejection(.notAllowed, InboxTask.sensitive, hint: InboxTask.otherDoors(binding))
    }
    let result = task.form?.value(fromForm: fields).0 ?? .null
    return .complete(step: binding.step, visit: binding.visit, outcome: outcome, result: result)
  }
}
