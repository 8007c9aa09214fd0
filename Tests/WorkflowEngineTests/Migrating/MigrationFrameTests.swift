import CEL
import Testing
import WorkflowEngine

@Suite("Migration of branches, items, children and what is to be taken back")
struct MigrationFrameTests {
  private static func fork(_ gateway: StepID, _ branches: [StepID], join: StepID?) -> [Step] {
    var steps: [Step] = [
      Step(id: gateway, kind: .gateway(GatewayStep(mode: .parallel, branches: branches.map { Branch(then: $0) })))
    ]
    steps += branches.map { Step.task($0, then: join ?? "done") }
    if let join { steps.append(.join(join, of: gateway)) }
    return steps + [.end("done", "all")]
  }

  private func complete(_ bench: inout Bench, _ step: StepID) throws {
    try bench.take(.complete(step: step, visit: nil, outcome: nil, result: .null))
  }

  @Test("a gateway and its join go together")
  func together() throws {
    var bench = Bench(Self.fork("split", ["a", "b"], join: "meet"))
    try bench.start()
    bench.deploy(Self.fork("fork", ["a", "b"], join: "gather"), by: { $0.steps = ["split": "fork"] })
    #expect(bench.misfits().contains("the gateway 'split' and its join 'meet' go together"))
    bench.deploy(
      Self.fork("fork", ["a", "b"], join: "gather"), by: { $0.steps = ["split": "fork", "meet": "gather"] })
    try bench.follow()
    #expect(bench.state.frames.last?.gateway == "fork")
    try complete(&bench, "a")
    try complete(&bench, "b")
    #expect(bench.state.outcome == "all")
  }

  @Test("a removed branch needs 'drop'; what stands in it ends, and the others join")
  func dropped() throws {
    var bench = Bench(Self.fork("split", ["a", "b", "c"], join: "meet"))
    try bench.start()
    bench.deploy(Self.fork("split", ["a", "b"], join: "meet"))
    #expect(bench.misfits().count == 1)
    bench.deploy(Self.fork("split", ["a", "b"], join: "meet"), by: { $0.drop = ["c"] })
    let moved = try bench.follow().migrated
    #expect(moved?.cancelled == [VisitID(step: "c", visit: 1)])
    #expect(moved?.dropped == [Frame.Parent(frame: 1, branch: 2)])
    try complete(&bench, "a")
    try complete(&bench, "b")
    #expect(bench.state.outcome == "all")
  }

  @Test("dropping the last branch that is awaited fires the join")
  func lastBranch() throws {
    var bench = Bench(Self.fork("split", ["a", "b", "c"], join: "meet"))
    try bench.start()
    try complete(&bench, "a")
    try complete(&bench, "b")
    bench.deploy(Self.fork("split", ["a", "b"], join: "meet"), by: { $0.drop = ["c"] })
    try bench.follow()
    #expect(bench.state.outcome == "all")
  }

  @Test("a step outside of every branch cannot be dropped")
  func rootToken() throws {
    var bench = Bench([.task("a"), .end()])
    try bench.start()
    bench.deploy([.task("b"), .end()], by: { $0.drop = ["a"] })
    #expect(bench.misfits() == ["'a' is in no branch that could end; 'migrate.steps' says where it goes"])
  }

  @Test("every place has to have the same frames around it")
  func framePath() throws {
    var bench = Bench(Self.fork("split", ["a", "b"], join: "meet"))
    try bench.start()
    bench.deploy(
      [.task("a"), .end()],
      by: {
        $0.steps = ["split": "a"]; $0.drop = ["b"]
      })
    #expect(bench.misfits().contains("'a' and 'a' are not in the same branches"))
  }

  @Test("several items go on as items, each opened anew")
  func items() throws {
    let each = Step.task("ask").with { $0.each = Each(list: formula("['x', 'y']")) }
    var bench = Bench([each, .end("done", "asked")])
    try bench.start()
    try bench.take(.complete(step: "ask", visit: 2, outcome: nil, result: .null))
    bench.deploy([.task("ask"), .end("done", "asked")])
    #expect(bench.misfits().contains("'ask' goes through a list, and 'ask' is no such step"))
    bench.deploy([each.with { $0.id = "enquire" }, .end("done", "asked")], by: { $0.steps = ["ask": "enquire"] })
    try bench.follow()
    let open = bench.state.visits
    #expect(open.count == 1 && open[0].step == "enquire")
    try bench.take(.complete(step: "enquire", visit: open[0].number, outcome: nil, result: .null))
    #expect(bench.state.outcome == "asked")
  }

  @Test("a child goes on, and its end is taken by the new version")
  func children() throws {
    let call = Step(id: "child", kind: .call(CallStep(workflow: "test/child", input: [])), then: ["completed": "done"])
    var bench = Bench([call, .end("done", "answered")])
    bench.callees["test/child"] = DeployedWorkflow(
      workflow: Workflow(name: "test/child", title: "Child", start: "e", steps: [.end("e")]), version: 1, digest: "c")
    try bench.start()
    let child = InstanceID(name: "child", number: 2)
    try bench.take(.childStarted(step: "child", visit: 1, child: child), by: "system:caller")
    bench.deploy([call.with { $0.then = ["completed": "check"] }, .task("check"), .end("done", "answered")])
    try bench.follow()
    try bench.take(
      .childEnded(step: "child", visit: 1, child: child, outcome: "completed", output: [:]), by: "system:caller")
    #expect(bench.waiting == ["check"])
  }

  @Test("what can be taken back keeps a step that takes it back")
  func undo() throws {
    let book = Step.service("book", then: "wait") { $0.undo = Undo(uses: "http", parameters: []) }
    var bench = Bench([book, .task("wait"), .end()])
    try bench.start()
    try bench.take(.jobDone(step: "book", visit: 1, attempt: 1, result: [:]), by: "system:http")
    bench.deploy([.task("wait"), .end()])
    #expect(bench.misfits() == ["what 'book' did could not be taken back any more"])
    bench.deploy([book.with { $0.id = "reserve" }, .task("wait"), .end()], by: { $0.steps = ["book": "reserve"] })
    try bench.follow()
    try bench.take(.cancel(reason: nil), by: "olga")
    #expect(bench.state.visits.map(\.step) == ["reserve"])
    #expect(bench.state.visits.first?.undoes == 1)
  }

  @Test("on-event listens as the new version says")
  func listening() throws {
    let wait = Step.task("write").with { $0.onEvent = [EventHandler(event: "stop", then: "done")] }
    var bench = Bench([wait, .end()]) {
      $0.events = [MessageDeclaration(name: "stop"), MessageDeclaration(name: "halt")]
    }
    try bench.start()
    bench.deploy([wait.with { $0.onEvent = [EventHandler(event: "halt", then: "done")] }, .end()])
    try bench.follow()
    #expect(bench.state.channels == [Channel(event: "halt", key: nil)])
  }
}
