import CEL
import Testing
import WorkflowEngine

/// A workbench for decisions: a workflow, some people, and a clock that stands still until it is moved.
struct Bench {
  var workflow: Workflow
  var people = Bench.office
  /// The channel by which people are told that it is their turn.
  var notify: String?
  /// Words that the workflow has of its own, by language.
  var messages: [String: MessageText.ByTopic] = [:]
  var channels: [String: Settings.Channel] = [:]
  var now = Timestamp(rfc3339: "2026-11-23T09:00:00Z")!
  /// What a `call` finds, by name.
  var callees: [String: DeployedWorkflow] = [:]
  private(set) var instance: Instance?
  private(set) var entries: [Entry] = []

  init(_ steps: [Step], start: StepID? = nil, _ change: (inout Workflow) -> Void = { _ in }) {
    workflow = Workflow(name: "test/sample", title: "Sample", start: start ?? steps[0].id, steps: steps)
    workflow.access.start = [.role("employee")]
    workflow.owner = .person("olga")
    change(&workflow)
  }

  /// anna (initiator) reports to bob; bob and carl are managers; dora deputises for bob; olga owns.
  static let office: People = {
    var people = People()
    let add = { (id: PersonID, roles: [RoleID], manager: PersonID?) in
      var person = Person(id: id, name: id, emails: ["\(id)@example.com"])
      person.roles = roles
      person.manager = manager
      people.people[id] = person
    }
    add("anna", ["employee"], "bob")
    add("bob", ["employee", "manager"], "carl")
    add("carl", ["employee", "manager"], nil)
    add("dora", ["employee"], "carl")
    add("erik", ["finance"], nil)
    add("frida", ["finance"], nil)
    add("olga", ["owner"], nil)
    people.people["bob"]?.deputies = ["dora"]
    people.calendars["office"] = WorkingCalendar(
      name: "office", timezone: "UTC",
      week: (0..<7).map { $0 < 5 ? [WorkingCalendar.Hours(from: 9 * 3_600, to: 17 * 3_600)] : [] })
    return people
  }()

  var context: Context {
    var settings = Settings()
    settings.calendar = "office"
    settings.url = "https://writ.example"
    settings.notify = notify
    settings.messages[workflow.name] = messages
    settings.channels = channels
    settings.config = ["limit": 1_000]
    return Context(
      now: now, definition: DeployedWorkflow(workflow: workflow, version: 1, digest: "d"),
      policy: Policy(people: people, settings: settings, zones: { $0 == "UTC" ? .utc : nil }),
      callee: { [callees] in callees[$0] },
      digest: { bytes in "\(bytes.count)-\(bytes.reduce(into: 5_381) { $0 = ($0 &* 33) ^ Int($1) })" },
      seal: \.sealedOpenly)
  }

  /// Decides; afterwards the live state must equal the fold of the whole timeline.
  @discardableResult
  mutating func take(
    _ action: Command.Action, by principal: PersonID = "anna", assurance: Assurance = .session,
    key: String? = nil
  ) throws(Rejection) -> [Event] {
    let (new, after) = try Engine.decide(
      Command(by: principal, assurance: assurance, key: key, action), on: instance, in: context)
    entries += new
    instance = after
    #expect(Instance.fold(entries) == after)
    do throws(Incoherence) {
      let again = try Instance.checkedFold(entries)
      #expect(again == after)
    } catch {
      Issue.record("a good timeline is found incoherent: \(error)")
    }
    #expect(Lawfulness.offences(in: entries) == [])
    #expect(entries.map(\.number) == entries.indices.map { $0 + 1 })
    return new.map(\.event)
  }

  @discardableResult
  mutating func start(_ input: Value = [:], by principal: PersonID = "anna") throws(Rejection) -> [Event] {
    try take(.start(InstanceID(name: "sample", number: 1), input: input), by: principal)
  }

  @discardableResult
  mutating func approve(by principal: PersonID) throws(Rejection) -> [Event] {
    try take(.decide(Command.Decide(.approve)), by: principal)
  }

  @discardableResult
  mutating func reject(by principal: PersonID, _ reason: String = "no") throws(Rejection) -> [Event] {
    try take(.decide(Command.Decide(.reject, reason: reason)), by: principal)
  }

  @discardableResult
  mutating func later(_ duration: Duration) throws(Rejection) -> [Event] {
    now = now.adding(duration)
    return try take(.tick, by: "system:timer")
  }

  var state: Instance { instance! }
  /// Steps at which something waits.
  var waiting: [StepID] { state.visits.map(\.step).sorted() }
  var incident: Incident? { state.visits.compactMap(\.incident).first }

  func approval(_ step: StepID = "ok") -> OpenApproval? {
    guard case .approval(let open)? = state.visits.first(where: { $0.step == step })?.work else { return nil }
    return open
  }
}

/// The code of the refusal that the body ends in; `nil` where it is not refused.
func refusal(_ body: () throws -> Void) -> Rejection.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? Rejection)?.code
  }
}

func formula(_ source: String) -> Formula {
  do {
    return try Formula(source)
  } catch {
    fatalError("\(source): \(error)")
  }
}

extension Step {
  static func end(_ id: StepID = "done", _ outcome: Outcome? = nil) -> Step {
    Step(id: id, kind: .end(EndStep(outcome: outcome)))
  }

  static func task(_ id: StepID, _ assignees: [Selector] = [.initiator], then: StepID = "done") -> Step {
    Step(id: id, kind: .task(TaskStep(assignees: assignees)), then: ["done": then])
  }

  static func approval(
    _ levels: ApprovalStep.Level..., then: [Outcome: StepID] = ["approved": "yes", "rejected": "no"]
  ) -> Step {
    Step(id: "ok", kind: .approval(ApprovalStep(levels: levels)), then: then)
  }

  static func service(_ id: StepID, then: StepID = "done", _ change: (inout ServiceStep) -> Void = { _ in }) -> Step {
    var service = ServiceStep(uses: "http")
    change(&service)
    return Step(id: id, kind: .service(service), then: ["done": then])
  }

  static func gateway(_ id: StepID, _ mode: GatewayStep.Mode, _ branches: Branch...) -> Step {
    Step(id: id, kind: .gateway(GatewayStep(mode: mode, branches: branches)))
  }

  static func join(_ id: StepID, of gateway: StepID, _ wait: JoinStep.Wait = .all, then: StepID = "done") -> Step {
    Step(id: id, kind: .join(JoinStep(of: gateway, wait: wait)), then: ["done": then])
  }

  func with(_ change: (inout Step) -> Void) -> Step {
    var step = self
    change(&step)
    return step
  }
}

extension ApprovalStep.Level {
  static func level(
    _ name: String = "ok", _ approvers: [Selector], _ change: (inout ApprovalStep.Level) -> Void = { _ in }
  ) -> ApprovalStep.Level {
    var level = ApprovalStep.Level(name: name, approvers: approvers)
    change(&level)
    return level
  }
}
