import CEL

@testable import WorkflowEngine

/// A random life of an instance: every command is followed by a look at everything that must always hold.
struct Walk {
  private var workflow: Workflow
  private var context: Context
  private var replayed: Instance?
  private var instance: Instance?
  private(set) var entries: [Entry] = []
  private var random: SeededRandom
  /// What did not hold.
  private(set) var faults: [String] = []
  /// A join that can get no more branches.
  private(set) var isStarved = false
  private(set) var commands = 0

  /// Whether it changes its version on the way.
  private let migrates: Bool

  init(_ workflow: Workflow, seed: UInt64, migrates: Bool = false) {
    self.migrates = migrates
    var bench = Bench([.end()])
    bench.workflow = workflow
    self.workflow = workflow
    context = bench.context
    random = SeededRandom(seed: seed)
  }

  mutating func go(atMost most: Int) {
    take(.start(InstanceID(name: "random", number: 1), input: [:]))
    while commands < most, let instance, !instance.status.isEnded, faults.isEmpty, !isStarved {
      if random.once(in: 6) {
        take(nonsense(instance))
        continue
      }
      if migrates, random.once(in: 8) { migrate(instance) }
      guard let instance = self.instance, let action = sensible(instance) else {
        if !isStarved { faults.append("nothing can be done any more, and it has not ended") }
        break
      }
      if let refused = take(action) { faults.append("\(action) was refused: \(refused.message)") }
    }
    if Instance.fold(entries) != instance { faults.append("the fold of the whole timeline is not the live state") }
    do throws(Incoherence) {
      _ = try Instance.checkedFold(entries)
    } catch {
      faults.append("a good timeline is found incoherent: \(error)")
    }
    faults += Lawfulness.offences(in: entries).map { "a good timeline is found unlawful: \($0.words)" }
  }

  /// Goes on under a version that means the same and calls every step otherwise, but those whose work is given out.
  private mutating func migrate(_ instance: Instance) {
    let held = Set(
      instance.visits.filter { visit in
        switch visit.work {
        case .job, .call: true
        default: false
        }
      }.map(\.step))
    let version = instance.version + 1
    let name = { (id: StepID) in held.contains(id) ? id : "\(id.split(separator: "_")[0])_\(version)" }
    var next = workflow.renamed(name)
    var migration = Migration()
    for step in workflow.steps where name(step.id) != step.id { migration.steps[step.id] = name(step.id) }
    next.migration = migration
    let successor = DeployedWorkflow(workflow: next, version: version, digest: "d\(version)")
    context.callee = { _ in successor }
    if let refused = take(.follow) {
      return faults.append("the same under other names does not fit: \(refused.message)")
    }
    workflow = next
    context.definition = successor
  }

  // MARK: Commands

  /// Something that the instance waits for.
  private mutating func sensible(_ instance: Instance) -> Command.Action? {
    guard let visit = instance.visits.randomElement(using: &random) else { return nil }
    if visit.incident != nil { return .retry(step: visit.step, reason: nil) }
    switch visit.work {
    case .task:
      let outcomes = workflow.step(visit.step)?.requiredOutcomes ?? []
      return .complete(
        step: visit.step, visit: visit.number, outcome: outcomes.randomElement(using: &random), result: [:])
    case .job(let job):
      if let at = visit.timers.first?.at { context.now = max(context.now, at) }
      return random.once(in: 4)
        ? .jobFailed(step: visit.step, visit: visit.number, attempt: job.failures + 1, code: "http.503", message: "no")
        : .jobDone(step: visit.step, visit: visit.number, attempt: job.failures + 1, result: ["status": 200])
    case .wait:
      if let at = visit.timers.first?.at { context.now = max(context.now, at) }
      return .tick
    case .call(let call):
      guard let child = call.child else {
        return .childStarted(
          step: visit.step, visit: visit.number, child: InstanceID(name: "child", number: visit.number))
      }
      return .childEnded(step: visit.step, visit: visit.number, child: child, outcome: "completed", output: [:])
    case .approval, .state, .blocked: return nil
    }
  }

  /// Something that comes too late, from the wrong person, or to the wrong place.
  private mutating func nonsense(_ instance: Instance) -> Command.Action {
    let step = workflow.steps.randomElement(using: &random)?.id ?? "nowhere"
    let visit = Int.random(in: 0...3, using: &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return .complete(step: step, visit: visit + 7, outcome: "never", result: [:])
    case 1: return .jobDone(step: step, visit: visit + 7, attempt: visit, result: .null)
    case 2: return .decide(Command.Decide(step: step, .approve))
    case 3: return .tick
    case 4: return .comment("hello", step: nil)
    case 5: return instance.isSuspended ? .resume(reason: nil) : .comment("again", step: step)
    default: return .delegate(step: step, to: "bob", seat: nil)
    }
  }

  @discardableResult
  private mutating func take(_ action: Command.Action) -> Rejection? {
    commands += 1
    let operates = if case .retry = action { true } else { false }
    do throws(Rejection) {
      let (new, after) = try Engine.decide(
        Command(by: operates ? "olga" : "anna", action), on: instance, in: context)
      for entry in new { Instance.evolve(&replayed, entry) }
      entries += new
      instance = after
      if replayed != after { faults.append("the replay differs from the live state after \(action)") }
      if replayed?.owed != after.owed { faults.append("what is owed differs after \(action)") }
      faults += after.faults.map { "\($0) after \(action)" }
      isStarved = after.visits.contains { $0.incident?.code == "join" }
      return nil
    } catch {
      return error
    }
  }
}

extension Instance {
  /// What may never be, whatever happened.
  fileprivate var faults: [String] {
    var faults: [String] = []
    let open = Dictionary(frames.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    if open.count != frames.count { faults.append("two frames of one number") }
    if Set(tokens.map(\.id)).count != tokens.count { faults.append("two tokens of one number") }
    for token in tokens {
      if token.visit == nil { faults.append("token \(token.id) is ready and does not move") }
      guard let frame = open[token.frame] else {
        faults.append("token \(token.id) stands in a closed frame")
        continue
      }
      if frame.gateway != nil, frame.branches[token.branch].state != .live {
        faults.append("token \(token.id) stands in a branch that has ended")
      }
      if !visits.contains(where: { $0.token == token.id }) { faults.append("token \(token.id) waits for nothing") }
    }
    for visit in visits where !tokens.contains(where: { $0.id == visit.token && $0.visit == visit.number }) {
      faults.append("a visit of '\(visit.step)' without a token")
    }
    for frame in frames where frame.gateway != nil { faults += self.faults(of: frame, open) }
    if status.isEnded, !tokens.isEmpty || !visits.isEmpty || frames.count > 1 {
      faults.append("it has ended with \(tokens.count) tokens, \(visits.count) visits and \(frames.count) frames")
    }
    return faults
  }

  private func faults(of frame: Frame, _ open: [Int: Frame]) -> [String] {
    var faults: [String] = []
    if frame.parent.map({ open[$0.frame] == nil }) ?? true { faults.append("frame \(frame.id) lies in a closed frame") }
    for (index, branch) in frame.branches.enumerated() where branch.state == .live {
      let hasToken = tokens.contains { $0.frame == frame.id && $0.branch == index }
      let hasFrame = frames.contains { $0.parent == Frame.Parent(frame: frame.id, branch: index) }
      if !hasToken, !hasFrame { faults.append("branch \(index) of frame \(frame.id) is live and empty") }
    }
    if !frame.branches.contains(where: { $0.state == .live }) {
      faults.append("frame \(frame.id) is over and still open")
    }
    return faults
  }
}
