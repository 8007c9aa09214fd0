import CEL
import Testing
import WorkflowEngine

@Suite("Messages in one instance")
struct MessageTests {
  static let paid = MessageDeclaration(
    name: "paid",
    schema: try? Schema(["type": "object", "required": ["amount"], "properties": ["amount": ["type": "integer"]]]),
    from: [.role("finance")])

  static func message(_ event: String = "paid", key: String? = "o-1", _ payload: Value = ["amount": 7]) -> Message {
    Message(number: 9, event: event, key: key, source: "bank", id: "t-1", payload: payload)
  }

  private func waiting(_ change: (inout Step) -> Void = { _ in }) throws -> Bench {
    var wait = Step(
      id: "wait", kind: .wait(WaitStep(event: "paid", key: formula("input.order"))), then: ["paid": "done"])
    wait.set = [Assignment("got", formula("result.amount"))]
    change(&wait)
    return try bench([wait, .end("done", "paid"), .end("late", "late")])
  }

  private func bench(_ steps: [Step], _ change: (inout Workflow) -> Void = { _ in }) throws -> Bench {
    var bench = Bench(steps) {
      $0.events = [Self.paid, MessageDeclaration(name: "stop", from: [.initiator, .role("manager")])]
      $0.input = try? Schema(["type": "object", "properties": ["order": ["type": "string"]]])
      $0.variables = [Variable(name: "got", value: formula("0"))]
      change(&$0)
    }
    try bench.start(["order": "o-1"])
    return bench
  }

  @Test("a wait fixes event and key when it opens, and the payload is its result")
  func wait() throws {
    var bench = try waiting()
    #expect(bench.state.channels == [Channel(event: "paid", key: "o-1")])
    try bench.take(.receive(Self.message()), by: "erik")
    #expect(bench.state.outcome == "paid")
    #expect(bench.state.vars == ["got": 7])
    #expect(bench.state.results["wait"]?.output == ["amount": 7])
    #expect(bench.state.results["wait"]?.by == nil)
  }

  @Test("a message of another key or name is not for it")
  func otherKey() throws {
    var bench = try waiting()
    #expect(refusal { try bench.take(.receive(Self.message(key: "o-2")), by: "erik") } == .conflict)
    #expect(refusal { try bench.take(.receive(Self.message(key: nil)), by: "erik") } == .conflict)
    #expect(refusal { try bench.take(.receive(Self.message("stop")), by: "anna") } == .conflict)
  }

  @Test("only who is named under 'from' may send it, and its schema must hold")
  func sender() throws {
    var bench = try waiting()
    #expect(refusal { try bench.take(.receive(Self.message()), by: "anna") } == .notAllowed)
    #expect(
      refusal { try bench.take(.receive(Self.message("paid", key: "o-1", ["amount": "much"])), by: "erik") } == .invalid
    )
    #expect(bench.state.status == .waiting)
  }

  @Test("of a wait for a time and a message the first wins; a time sets nothing")
  func firstOfSeveral() throws {
    var bench = try waiting { step in
      step.kind = .wait(WaitStep(span: .elapsed(.seconds(60)), event: "paid", key: formula("input.order")))
      step.then["elapsed"] = "late"
    }
    try bench.later(.seconds(61))
    #expect(bench.state.outcome == "late")
    #expect(bench.state.vars == ["got": 0])
    #expect(refusal { try bench.take(.receive(Self.message()), by: "erik") } == .closed)
  }

  @Test("'on-event' with 'cancel: all' on a step ends the visit and goes on; the payload is the step's output")
  func stepCancels() throws {
    var task = Step.task("work")
    task.onEvent = [EventHandler(event: "paid", key: formula("'o-1'"), then: "stopped")]
    var bench = try bench([task, .end("done"), .end("stopped", "stopped")])
    try bench.take(.receive(Self.message()), by: "frida")
    #expect(bench.state.outcome == "stopped")
    #expect(bench.state.results["work"] == StepResult(visit: 1, outcome: "paid", output: ["amount": 7], by: nil))
  }

  private static func items(_ handler: EventHandler) -> Step {
    var task = Step.task("work")
    task.each = Each(list: formula("['o-1', 'o-2', 'o-3']"), maxParallel: 2)
    task.onEvent = [handler]
    return task
  }

  @Test("beside 'each' every open item listens with a key of its own; 'cancel: all' leaves the step as a whole")
  func itemCancels() throws {
    let task = Self.items(EventHandler(event: "paid", key: formula("item"), then: "stopped"))
    var bench = try bench([task, .end("done"), .end("stopped", "stopped")])
    #expect(refusal { try bench.take(.receive(Self.message(key: "o-3")), by: "erik") } == .conflict, "not open yet")
    try bench.take(.receive(Self.message(key: "o-2")), by: "frida")
    #expect(bench.state.outcome == "stopped")
    #expect(bench.state.results["work"] == StepResult(visit: 1, outcome: "paid", output: ["amount": 7], by: nil))
    #expect(bench.state.frames.allSatisfy { $0.items == nil } && bench.state.visits.isEmpty)
  }

  @Test("beside 'each' 'cancel: none' goes beside the step, and stays when the step is done")
  func itemBeside() throws {
    let task = Self.items(EventHandler(event: "paid", key: formula("item"), cancels: false, then: "note"))
    var bench = try bench([task, .end("done", "worked"), .task("note", then: "noted"), .end("noted")])
    try bench.take(.receive(Self.message(key: "o-2")), by: "erik")
    #expect(bench.waiting == ["note", "work", "work"])
    for visit in 2...4 { try bench.take(.complete(step: "work", visit: visit, outcome: nil, result: .null)) }
    #expect(bench.waiting == ["note"])
    try bench.take(.complete(step: "note", visit: nil, outcome: nil, result: .null))
    #expect(bench.state.outcome == "worked")
  }

  @Test("'cancel: none' adds a side token in a frame of its own, as often as it comes; the instance waits for it")
  func stepBeside() throws {
    var task = Step.task("work")
    task.onEvent = [EventHandler(event: "paid", key: formula("'o-1'"), cancels: false, then: "note")]
    var bench = try bench([task, .end("done", "worked"), .task("note", then: "noted"), .end("noted")])
    try bench.take(.receive(Self.message()), by: "erik")
    try bench.take(.receive(Self.message()), by: "erik")
    #expect(bench.waiting == ["note", "note", "work"])
    #expect(bench.state.frames.count == 3)
    try bench.take(.complete(step: "work", visit: nil, outcome: nil, result: .null))
    #expect(bench.state.status == .waiting)
    try bench.take(.complete(step: "note", visit: 1, outcome: nil, result: .null))
    try bench.take(.complete(step: "note", visit: 2, outcome: nil, result: .null))
    #expect(bench.state.status == .completed)
    #expect(bench.state.outcome == "worked")
  }

  @Test("a side token reaches no join, and goes with the frame that it stands in")
  func besideInFork() throws {
    var a = Step.task("a", then: "meet")
    a.onEvent = [EventHandler(event: "paid", key: formula("'o-1'"), cancels: false, then: "note")]
    var bench = try bench([
      .gateway("fork", .parallel, Branch(then: "a"), Branch(then: "b")), a, .task("b", then: "meet"),
      .join("meet", of: "fork"), .end("done", "met"), .task("note", then: "noted"), .end("noted"),
    ])
    try bench.take(.receive(Self.message()), by: "erik")
    try bench.take(.complete(step: "note", visit: nil, outcome: nil, result: .null))
    #expect(bench.waiting == ["a", "b"])
    try bench.take(.receive(Self.message()), by: "erik")
    try bench.take(.complete(step: "a", visit: nil, outcome: nil, result: .null))
    try bench.take(.complete(step: "b", visit: nil, outcome: nil, result: .null))
    #expect(bench.state.outcome == "met")
  }

  @Test("'cancel: all' on a workflow cancels the root frame and goes on with one root token, once")
  func workflowCancels() throws {
    var bench = try bench([
      .gateway("fork", .parallel, Branch(then: "a"), Branch(then: "b")), .task("a", then: "meet"),
      .task("b", then: "meet"), .join("meet", of: "fork"), .end("done"), .task("clear", then: "gone"),
      .end("gone", "stopped"),
    ]) {
      $0.onEvent = [EventHandler(event: "stop", key: formula("input.order"), then: "clear")]
    }
    try bench.take(.receive(Self.message("stop", .null)), by: "anna")
    #expect(bench.waiting == ["clear"])
    #expect(bench.state.frames.count == 1)
    #expect(refusal { try bench.take(.receive(Self.message("stop", .null)), by: "bob") } == .conflict)
    try bench.take(.complete(step: "clear", visit: nil, outcome: nil, result: .null))
    #expect(bench.state.outcome == "stopped")
  }

  @Test("of several waits in an instance the oldest visit has the message, and only that one")
  func oldestFirst() throws {
    let waits = ["x", "y"].map {
      Step(id: $0, kind: .wait(WaitStep(event: "paid", key: formula("'o-1'"))), then: ["paid": "meet"])
    }
    var bench = try bench(
      [.gateway("fork", .parallel, Branch(then: "y"), Branch(then: "x"))] + waits + [
        .join("meet", of: "fork"), .end("done", "both"),
      ])
    try bench.take(.receive(Self.message()), by: "erik")
    #expect(bench.waiting == ["x"])
    try bench.take(.receive(Self.message()), by: "erik")
    #expect(bench.state.outcome == "both")
  }

  @Test("what listens beside an approval goes on listening at its next level")
  func acrossLevels() throws {
    var approval = Step.approval(.level("one", [.role("manager")]), .level("two", [.role("finance")]))
    approval.onEvent = [EventHandler(event: "paid", key: formula("'o-1'"), then: "no")]
    var bench = try bench([approval, .end("yes"), .end("no", "gone")])
    try bench.approve(by: "bob")
    try bench.take(.receive(Self.message()), by: "erik")
    #expect(bench.state.outcome == "gone")
  }

  @Test("a key that is a number and its digits are one key")
  func numbers() throws {
    var bench = try waiting { $0.kind = .wait(WaitStep(event: "paid", key: formula("42"))) }
    try bench.take(.receive(Self.message(key: "42")), by: "erik")
    #expect(bench.state.outcome == "paid")
  }
}
