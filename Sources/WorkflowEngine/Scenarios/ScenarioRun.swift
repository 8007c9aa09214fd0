package import CEL

/// Plays a scenario on the engine itself: simulated time, services that answer as told, nothing outside.
package struct ScenarioRun: Sendable {
  let scenario: Scenario
  var context: Context
  package private(set) var instance: Instance?
  package private(set) var entries: [Entry] = []
  /// What did not go as the story tells it, by the place in the scenario that says so.
  package private(set) var failures: [Failure] = []
  private var attempts: [StepID: Int] = [:]
  /// Messages that came before anybody waited for them.
  var kept: [Kept] = []

  package struct Failure: Sendable, Hashable {
    /// From the scenario's own place in the file.
    package var path: [PathElement]
    package var message: String
    package var hint: String?
  }

  /// - Parameter context: the version, people and settings that it is played with; its time is the scenario's.
  package init(_ scenario: Scenario, in context: Context) {
    self.scenario = scenario
    self.context = context
    self.context.now = scenario.at
    // The story is the workflow's: how people like to be told is none of it.
    var (people, settings) = (context.policy.people, context.policy.settings)
    settings.notify = nil
    settings.messages = [:]
    for person in people.people.keys {
      people.people[person]?.notify = Person.Notify()
      people.people[person]?.language = nil
    }
    self.context.policy = Policy(people: people, settings: settings, zones: context.policy.zones)
    play()
  }

  private mutating func play() {
    let id = InstanceID(name: context.definition.workflow.shortName, number: 1)
    do throws(Rejection) {
      try take(Command(by: scenario.by, start(id)))
      if scenario.refused != nil { return fail(["start", "refused"], Self.wasDone) }
    } catch {
      guard let refused = scenario.refused else {
        return fail(["start"], "the instance does not start: \(error.sentence)", hint: error.hint)
      }
      return judge(error, refused, ["start", "refused"])
    }
    settle(["start"])
    for (number, act) in scenario.acts.enumerated() {
      guard failures.isEmpty else { return }
      play(act, at: ["play", .index(number)])
    }
    if failures.isEmpty { compare(scenario.expected, at: ["expect"]) }
  }

  /// A workflow that nobody may start is played as the child of another one.
  private func start(_ id: InstanceID) -> Command.Action {
    guard context.definition.workflow.access.start.isEmpty else { return .start(id, input: scenario.input) }
    let caller = Caller(instance: InstanceID(name: "caller", number: id.number + 1), step: "call", visit: 1, depth: 1)
    return .startChild(id, of: caller, input: scenario.input.mapValue ?? [:], about: [])
  }

  private mutating func play(_ act: Scenario.Act, at path: [PathElement]) {
    switch act {
    case .command(let command, let item?, let refused):
      guard let command = command.about(item: item, of: instance) else {
        return fail(path, "item \(item) is not open")
      }
      play(command, refused, path)
    case .command(let command, nil, let refused): play(command, refused, path)
    case .advanceTo(let instant): advance(to: instant, path)
    case .advance(let span):
      let turn = Turn(instance: instance, command: Command(by: "system:test", .tick), context: context)
      do throws(StepFailure) { advance(to: try turn.instant(after: span, calendar: nil), path) } catch {
        fail(path, error.message)
      }
    case .check(let expected): compare(expected, at: path + ["expect"])
    }
  }

  private mutating func play(_ command: Command, _ refused: Scenario.Refusal?, _ path: [PathElement]) {
    do throws(Rejection) {
      try take(context.policy.vouched(command, at: context.now))
      if refused != nil { fail(path, Self.wasDone) }
      settle(path)
    } catch {
      if let refused { return judge(error, refused, path) }
      if !keep(command, refusedWith: error) { fail(path, "this is refused: \(error.sentence)", hint: error.hint) }
    }
  }

  private static let wasDone = "this was to be refused, but it was done"

  private mutating func judge(_ error: Rejection, _ refused: Scenario.Refusal, _ path: [PathElement]) {
    guard case .by(let code) = refused, code != error.code else { return }
    fail(path, "this is refused as \(error.code.rawValue), not as \(code.rawValue): \(error.message)")
  }

  mutating func take(_ command: Command) throws(Rejection) {
    let decided = try Engine.decide(command, on: instance, in: context)
    entries += decided.entries
    instance = decided.instance
  }

  mutating func fail(_ path: [PathElement], _ message: String, hint: String? = nil) {
    failures.append(Failure(path: path, message: message, hint: hint))
  }
}

extension Policy {
  /// In a story a key is a word: what a person signs carries the first of their keys that counts on that day.
  fileprivate func vouched(_ command: Command, at now: Timestamp) -> Command {
    let keys: [SigningKey] =
      switch command.assurance {
      case .unverified, .session: []
      case .forge: people.forges.sorted { $0.key < $1.key }.flatMap(\.value)
      case .key: people.people[command.principal]?.keys ?? []
      }
    var vouched = command
    vouched.key = (keys.first { objection(to: $0.fingerprint, at: now) == nil } ?? keys.first)?.fingerprint
    return vouched
  }
}

// MARK: Time and the world outside

extension ScenarioRun {
  /// A story that never comes to rest is cut off.
  private static let longest = 10_000

  /// Lets time pass; what falls due on the way happens when it does.
  private mutating func advance(to target: Timestamp, _ path: [PathElement]) {
    guard target >= context.now else {
      return fail(path, "time does not go back: it is \(context.now) already")
    }
    for _ in 0..<Self.longest {
      guard failures.isEmpty, let next = nextDue, next <= target else { break }
      context.now = max(context.now, next)
      settle(path)
    }
    context.now = target
    settle(path)
  }

  private var nextDue: Timestamp? {
    let owed = instance?.owed.compactMap { owed in
      switch owed {
      case .timer(let at): at
      case .child: nil
      case .job(let job): job.notBefore
      case .delivery(let delivery): delivery.notBefore
      }
    }
    return ((owed ?? []) + (instance?.visits.compactMap(childEnd) ?? [])).min()
  }

  /// When the child of a visit ends.
  private func childEnd(_ visit: Visit) -> Timestamp? {
    guard visit.call?.child != nil, let child = child(of: visit) else { return nil }
    guard let span = child.after else { return visit.since }
    var then = context
    then.now = visit.since
    let turn = Turn(instance: instance, command: Command(by: "system:test", .tick), context: then)
    return try? turn.instant(after: span, calendar: nil)
  }

  private func child(of visit: Visit) -> Scenario.Child? {
    guard let children = scenario.children[visit.step], let last = children.last else { return nil }
    // The visit that gathers the items of an `each` has no child of its own.
    let gathering = entries.count { entry in
      if case .eachOpened(let opened) = entry.event {
        opened.step == visit.step && opened.visit < visit.number
      } else {
        false
      }
    }
    let index = visit.number - 1 - gathering
    return children.indices.contains(index) ? children[index] : last
  }

  /// Does what is owed now, until nothing is.
  private mutating func settle(_ path: [PathElement]) {
    for _ in 0..<Self.longest {
      guard failures.isEmpty, let instance else { return }
      let owed = next(of: instance, path).map { Command(by: "system:test", $0) }
      guard failures.isEmpty, let command = owed ?? nextKept(for: instance) else { return }
      do throws(Rejection) { try take(command) } catch {
        return fail(path, "the engine refuses what is owed: \(error.message)")
      }
    }
    fail(path, "the instance does not come to rest")
  }

  private mutating func next(of instance: Instance, _ path: [PathElement]) -> Command.Action? {
    for owed in instance.owed {
      switch owed {
      case .delivery(let delivery) where isDue(delivery.notBefore): return .delivered(id: delivery.id)
      case .job(let job) where isDue(job.notBefore): return answer(job, path)
      case .timer(let at) where at <= context.now: return .tick
      case .child(let visit): return start(visit, of: instance, path)
      default: continue
      }
    }
    let ended = instance.visits.first { visit in childEnd(visit).map { $0 <= context.now } ?? false }
    return ended.flatMap(end)
  }

  private mutating func start(_ id: VisitID, of instance: Instance, _ path: [PathElement]) -> Command.Action? {
    guard let call = instance.visit(id.step, id.visit), let child = child(of: call) else {
      fail(
        path, "'\(id.step)' starts a child, and the scenario does not say what becomes of it",
        hint: "add it: children: {\(id.step): {outcome: ...}}")
      return nil
    }
    if case .refused(let message) = child.end {
      return .childRefused(step: id.step, visit: id.visit, message: message)
    }
    // Its number only has to be another one than the instance's own.
    return .childStarted(
      step: id.step, visit: id.visit, child: InstanceID(name: id.step, number: instance.id.number + id.visit))
  }

  private func end(_ visit: Visit) -> Command.Action? {
    guard let id = visit.call?.child, case .outcome(let outcome, let output)? = child(of: visit)?.end else {
      return nil
    }
    return .childEnded(step: visit.step, visit: visit.number, child: id, outcome: outcome, output: output)
  }

  private func isDue(_ notBefore: Timestamp?) -> Bool { (notBefore ?? context.now) <= context.now }

  private mutating func answer(_ job: Owed.Job, _ path: [PathElement]) -> Command.Action? {
    guard let answers = scenario.answers[job.step], let last = answers.last else {
      fail(
        path, "'\(job.step)' asks a service (\(job.uses)), and the scenario has no answer",
        hint: "add it: services: {\(job.step): {result: ...}}")
      return nil
    }
    let number = attempts[job.step, default: 0]
    attempts[job.step] = number + 1
    switch number < answers.count ? answers[number] : last {
    case .done(let result):
      return .jobDone(step: job.step, visit: job.visit, attempt: job.attempt, result: result)
    case .fails(let code, let message):
      return .jobFailed(step: job.step, visit: job.visit, attempt: job.attempt, code: code, message: message)
    }
  }
}

extension Command {
  /// The same, about the open visit of one item, or one of several open visits of a step; both are counted from 1.
  fileprivate func about(item: Int, of instance: Instance?) -> Command? {
    var command = self
    let visit = { (step: StepID?) -> Int? in
      guard let instance else { return nil }
      let open = instance.visits.filter { $0.step == step }
      guard open.contains(where: { instance.item(of: $0.token) != nil }) else {
        return open.indices.contains(item - 1) ? open[item - 1].number : nil
      }
      return open.first { instance.item(of: $0.token) == item - 1 }?.number
    }
    switch action {
    case .complete(let step, _, let outcome, let result):
      guard let visit = visit(step) else { return nil }
      command.action = .complete(step: step, visit: visit, outcome: outcome, result: result)
    case .decide(var decide):
      guard let visit = visit(decide.step) else { return nil }
      decide.visit = visit
      command.action = .decide(decide)
    default: break
    }
    return command
  }
}

extension Rejection {
  /// With all fields that are wrong.
  fileprivate var sentence: String {
    violations.count < 2 ? message : violations.map(\.message).joined(separator: "; ")
  }
}
