import CEL
import Testing
import WorkflowEngine

@Suite("State machines")
struct StateTests {
  private static let quantity = try? Schema([
    "type": "object", "required": ["quantity"], "properties": ["quantity": ["type": "integer", "minimum": 1]],
  ])

  private static func move(
    _ name: String, _ by: [Selector] = [.role("finance")], form: Schema? = nil, when: String? = nil,
    set: [Assignment] = [], then: StepID?
  ) -> StateStep.Move {
    StateStep.Move(name: name, by: by, form: form, when: when.map { formula($0) }, set: set, then: then)
  }

  /// draft -submit-> submitted (an approval) -> ordered -deliver-> closed, as the language page shows it.
  private func order(_ change: (inout Workflow) -> Void = { _ in }) throws -> Bench {
    let left = [Assignment("open", formula("vars.open - result.quantity"))]
    var submitted = Step(
      id: "submitted",
      kind: .state(
        StateStep(
          moves: [Self.move("call_back", [.initiator], then: "draft")],
          approval: ApprovalStep(levels: [.level("submitted", [.role("manager")])]))),
      then: ["approved": "ordered", "rejected": "draft", "returned": "draft"])
    submitted.title = "Submitted"
    var ordered = Step(
      id: "ordered",
      kind: .state(
        StateStep(moves: [
          Self.move("deliver", form: Self.quantity, when: "result.quantity >= vars.open", set: left, then: "closed"),
          Self.move("deliver", form: Self.quantity, set: left, then: nil),
          Self.move("reorder", form: nil, when: "vars.open > 100", then: "ordered"),
          Self.move("restart", then: "ordered"), Self.move("lost", [], when: "vars.open > 1", then: "draft"),
        ])))
    ordered.escalate = [Escalation(after: .elapsed(.seconds(60)), action: .remind)]
    ordered.due = .elapsed(.seconds(60))
    var bench = Bench(
      [
        Step(
          id: "draft",
          kind: .state(StateStep(moves: [Self.move("submit", [.initiator], when: "vars.open > 0", then: "submitted")]))),
        submitted, ordered, Step(id: "closed", kind: .state(StateStep(moves: [], isFinal: true))),
      ]) {
        $0.input = try? Schema(["type": "object", "properties": ["id": ["type": "string"]]])
        $0.object = formula("input.id")
        $0.variables = [Variable(name: "open", value: formula("10"))]
        $0.events = [MessageDeclaration(name: "lost", from: [.role("finance")])]
        change(&$0)
      }
    try bench.start(["id": "o-1"])
    return bench
  }

  @discardableResult
  private func move(_ bench: inout Bench, _ name: String, _ result: Value = .null, by: PersonID = "erik") throws
    -> [Event]
  {
    try bench.take(.move(name, step: nil, visit: nil, result: result), by: by)
  }

  private func ordered() throws -> Bench {
    var bench = try order()
    try move(&bench, "submit", by: "anna")
    try bench.take(.decide(Command.Decide(.approve)), by: "bob")
    return bench
  }

  @Test("a state offers its moves to those whom the file names, and a final one ends the instance")
  func walk() throws {
    var bench = try order()
    #expect(bench.state.object == "o-1")
    #expect(bench.state.visits[0].asked == ["anna"])
    #expect(refusal { try move(&bench, "submit", by: "bob") } == .notAllowed)
    #expect(refusal { try move(&bench, "submti", by: "anna") } == .notFound)
    bench = try ordered()
    try move(&bench, "deliver", ["quantity": 10])
    #expect(bench.state.outcome == "closed")
    #expect(
      bench.state.results["ordered"] == StepResult(visit: 1, outcome: "deliver", output: ["quantity": 10], by: "erik"))
  }

  @Test("the first true move wins")
  func firstTrue() throws {
    var bench = try ordered()
    try move(&bench, "deliver", ["quantity": 4])
    #expect(bench.state.vars == ["open": 6])
    #expect(bench.waiting == ["ordered"])
    try move(&bench, "deliver", ["quantity": 6])
    #expect(bench.state.outcome == "closed")
  }

  @Test("no true move: refused, with the reason; a form that does not hold is refused as such")
  func refused() throws {
    var bench = try ordered()
    let error = #expect(throws: Rejection.self) { try move(&bench, "reorder") }
    #expect(error?.message == "'reorder' cannot be made now: `vars.open > 100` does not hold")
    #expect(refusal { try move(&bench, "deliver", ["quantity": 0]) } == .invalid)
    #expect(refusal { try move(&bench, "restart", ["quantity": 1]) } == .invalid)
  }

  @Test("'stay' keeps the visit and its timers; naming the state starts a new visit")
  func stay() throws {
    var bench = try ordered()
    let timers = bench.state.visits[0].timers
    bench.now = bench.now.adding(.seconds(30))
    try move(&bench, "deliver", ["quantity": 1])
    #expect(bench.state.visits[0].number == 1)
    #expect(bench.state.visits[0].timers == timers)
    try move(&bench, "restart")
    #expect(bench.state.visits[0].number == 2)
    #expect(bench.state.visits[0].timers != timers)
  }

  @Test("a move by a person is not an approval; a state may hold one, and moves beside it")
  func approval() throws {
    var bench = try order()
    try move(&bench, "submit", by: "anna")
    #expect(bench.state.visits[0].asked == ["bob", "carl"])
    try move(&bench, "call_back", by: "anna")
    #expect(bench.waiting == ["draft"])
    try move(&bench, "submit", by: "anna")
    #expect(refusal { try bench.take(.decide(Command.Decide(.approve)), by: "anna") } == .notAllowed)
    try bench.reject(by: "bob")
    #expect(bench.waiting == ["draft"])
  }

  @Test("a move without 'by' accepts its declared event only, about the instance's object")
  func event() throws {
    var bench = try ordered()
    #expect(refusal { try move(&bench, "lost") } == .notAllowed)
    #expect(bench.state.channels == [Channel(event: "lost", key: "o-1")])
    let lost = Message(number: 4, event: "lost", key: "o-1", source: nil, id: nil, payload: .null)
    try move(&bench, "deliver", ["quantity": 9])
    #expect(refusal { try bench.take(.receive(lost), by: "erik") } == .conflict)
    bench = try ordered()
    try bench.take(.receive(lost), by: "erik")
    #expect(bench.waiting == ["draft"])
  }

  @Test("'due' and 'escalate' of a state remind those who may move")
  func escalates() throws {
    var bench = try ordered()
    #expect(bench.state.visits[0].due == bench.now.adding(.seconds(60)))
    try bench.later(.seconds(61))
    #expect(bench.state.deliveries.first?.to == ["erik", "frida"])
  }

  @Test("a state whose moves are up to nobody is an incident, and so is an object that names nothing")
  func nobody() throws {
    var bench = try order { workflow in
      guard case .state(var draft) = workflow.steps[0].kind else { return }
      draft.moves[0].by = [.role("nobody")]
      workflow.steps[0].kind = .state(draft)
    }
    #expect(bench.incident?.code == "nobody")
    #expect(refusal { bench = try order { $0.object = formula("''") } } == .invalid)
  }
}
