import CEL
import HashTreeCollections
import Logging
import WorkflowEngine
import WorkflowRunner

/// Plays the story through the real runner: cases start, people answer after a while, timers fire, services are called.
struct DemoTheatre {
  private let runner: Runner
  private let clock: DemoClock
  private let timekeeper: Timekeeper
  private let dispatcher: Dispatcher
  private var chance = SeededGenerator(seed: 42)
  private var fates: [Int: DemoStory.Fate] = [:]
  /// What people will do, by when; each once for each state of a visit.
  private var plans: [Plan] = []
  private var planned: Set<String> = []
  /// Answers that the engine did not take: a slip in the story.
  private(set) var refused = 0

  private static let step: Int64 = 600_000
  /// What opened lately is left to the person at the keyboard.
  private static let leftOpen: Int64 = 3 * 86_400_000

  private struct Plan {
    var at: Timestamp
    var number: Int
    var person: PersonID
    var action: Command.Action
  }

  init(runner: Runner, clock: DemoClock, services: DemoServices) {
    let logger = Logger(label: "writ.demo")
    self.runner = runner
    self.clock = clock
    timekeeper = Timekeeper(runner: runner, logger: logger)
    dispatcher = Dispatcher(runner: runner, performer: services, logger: logger)
  }

  mutating func play(_ cases: [DemoStory.Case], until end: Timestamp) async {
    var cases = cases[...]
    var now = clock.now
    while now < end {
      clock.set(now)
      while let next = cases.first, next.at <= now {
        cases.removeFirst()
        await start(next)
      }
      for plan in plans where plan.at <= now { await submit(plan.person, .act(plan.number, plan.action)) }
      plans.removeAll { $0.at <= now }
      await timekeeper.fireDue()
      await dispatcher.drain()
      plan(now, end)
      now = min(Timestamp(milliseconds: now.milliseconds + Self.step), end)
    }
  }

  private mutating func start(_ scene: DemoStory.Case) async {
    let receipt = await submit(scene.by, .start(workflow: scene.workflow, input: scene.input))
    if let number = receipt?.instance?.id.number { fates[number] = scene.fate }
  }

  @discardableResult
  private mutating func submit(_ person: PersonID, _ verb: Request.Verb) async -> WorkflowRunner.Receipt? {
    do throws(SubmitError) { return try await runner.submit(Request(by: person, verb)) } catch {
      refused += 1
      return nil
    }
  }

  // MARK: People

  /// Looks who is asked now, and lets somebody answer later.
  private mutating func plan(_ now: Timestamp, _ end: Timestamp) {
    for instance in runner.snapshot.live.values.sorted(by: { $0.id < $1.id }) {
      for visit in instance.visits { plan(visit, of: instance, now, end) }
    }
  }

  private mutating func plan(_ visit: Visit, of instance: Instance, _ now: Timestamp, _ end: Timestamp) {
    guard planned.insert(Self.key(visit, of: instance)).inserted else { return }
    let isFresh = end.milliseconds - now.milliseconds < Self.leftOpen
    let asked = visit.asked.sorted().filter { !isFresh || $0 != DemoCompany.person }
    // Where he is asked, the others leave it to him.
    if isFresh, visit.asked.contains(DemoCompany.person) { return }
    let colleague = DemoColleague(fate: fates[instance.id.number] ?? .smooth)
    guard var person = asked.randomElement(using: &chance), var action = colleague.answer(visit, of: instance) else {
      return
    }
    if let question = visit.questions.first(where: { $0.answer == nil }) {
      (person, action) = (question.to, colleague.reply(to: question, in: visit))
    } else if case .withdraw = action {
      person = instance.initiator
    }
    let pause = isFresh ? Int64.random(in: 8...70, using: &chance) : Int64.random(in: 15...420, using: &chance)
    let at = Timestamp(milliseconds: now.milliseconds + pause * 60_000)
    let then = isFresh ? at : WorkingTime.next(from: at)
    plans.append(
      Plan(at: then, number: instance.id.number, person: standIn(for: person, in: visit, at: then), action: action))
  }

  /// Whoever is away has their decision taken by those who cover them.
  private func standIn(for person: PersonID, in visit: Visit, at then: Timestamp) -> PersonID {
    let policy = runner.policy()
    return policy.covers(for: person, at: then).first { policy.covers($0, in: visit, at: then) } ?? person
  }

  /// A state of a visit: a new level or one more decision is another.
  private static func key(_ visit: Visit, of instance: Instance) -> String {
    guard case .approval(let open) = visit.work else { return "\(instance.id).\(visit.step).\(visit.number)" }
    let answered = open.questions.count { $0.answer != nil }
    return
      "\(instance.id).\(visit.step).\(visit.number).\(open.level).\(open.decisions.count).\(open.questions.count).\(answered)"
  }
}
