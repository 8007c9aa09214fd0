import CEL
import Testing
import WorkflowEngine

@Suite("Versions and migration")
struct MigrationTests {
  private static let steps: [Step] = [
    .task("write", then: "ok"), .approval(.level("ok", [.role("manager")])), .end("yes", "granted"),
    .end("no", "refused"),
  ]

  @Test("instances stay on their version")
  func pinned() throws {
    var bench = Bench(Self.steps)
    try bench.start()
    bench.callees["test/sample"] = DeployedWorkflow(workflow: bench.workflow, version: 2, digest: "d2")
    #expect(refusal { try bench.take(.follow, by: "system:deployer") } == .conflict)
    #expect(bench.state.version == 1 && bench.state.definition == "d")
  }

  @Test("the same id, type and frame path map to themselves")
  func identity() throws {
    var bench = Bench(Self.steps)
    try bench.start()
    bench.deploy { $0.title = "Better" }
    let moved = try bench.follow().migrated
    #expect(moved?.renamed == [:])
    #expect(bench.state.version == 2 && bench.state.definition == "d2" && bench.state.title == "Better")
    #expect(bench.waiting == ["write"])
  }

  @Test("a step that is gone needs a mapping; one of another type has to be named")
  func mapped() throws {
    var bench = Bench(Self.steps)
    try bench.start()
    let renamed: [Step] = [.task("draft", then: "ok")] + Self.steps.dropFirst()
    bench.deploy(renamed)
    #expect(
      bench.misfits() == [
        "there is no step 'write' any more; 'migrate' maps it with 'steps' or ends its branch with 'drop'"
      ])
    let other = [Step(id: "write", kind: .wait(WaitStep()), then: ["elapsed": "ok"])] + Self.steps.dropFirst()
    bench.deploy(other)
    #expect(bench.misfits() == ["'write' is now a wait and was a task; 'migrate.steps' says what is meant"])
    bench.deploy(renamed) { _ in
    } by: {
      $0.steps = ["write": "draft"]
    }
    #expect(try bench.follow().migrated?.renamed == ["write": "draft"])
    #expect(bench.waiting == ["draft"])
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    #expect(bench.waiting == ["ok"])
  }

  @Test("what a migration does not speak about stays: versions that 'from' does not name")
  func from() throws {
    var bench = Bench(Self.steps)
    try bench.start()
    bench.deploy(by: { $0.from = [7] })
    #expect(refusal { try bench.take(.follow, by: "system:deployer") } == .conflict)
    bench.deploy(by: { $0.from = [1] })
    try bench.follow()
    #expect(bench.state.version == 2)
  }

  @Test("tasks open anew: another visit, with the people of the new version")
  func tasks() throws {
    var bench = Bench(Self.steps)
    try bench.start()
    bench.deploy([.task("write", [.person("erik")], then: "ok")] + Self.steps.dropFirst())
    #expect(try bench.follow().migrated?.reopened == [VisitID(step: "write", visit: 1)])
    #expect(bench.visit("write")?.number == 2)
    #expect(bench.visit("write")?.asked == ["erik"])
  }

  @Test("approvals open anew: at the first level, nothing carried over")
  func approvals() throws {
    let levels: [ApprovalStep.Level] = [.level("one", [.person("bob")]), .level("two", [.person("carl")])]
    let approval = Step(
      id: "ok", kind: .approval(ApprovalStep(levels: levels)), then: ["approved": "yes", "rejected": "no"])
    var bench = Bench([approval, .end("yes"), .end("no")])
    try bench.start()
    let nonce = bench.approval()?.nonce
    try bench.approve(by: "bob")
    #expect(bench.approval()?.levelName == "two")
    bench.deploy { $0.title = "New" }
    try bench.follow()
    #expect(bench.approval()?.levelName == "one" && bench.approval()?.earlier == [])
    #expect(bench.approval()?.nonce != nonce)
    #expect(bench.visit("ok")?.number == 2)
  }

  @Test("timers keep their instants: of a wait, of what opens anew, and of the instance")
  func timers() throws {
    let wait = Step(id: "hold", kind: .wait(WaitStep(span: .elapsed(.seconds(3_600)))), then: ["elapsed": "done"])
    var bench = Bench([wait, .end()]) { $0.expires = Expiry(after: .elapsed(.seconds(9_000)), then: "done") }
    try bench.start()
    let (held, expiry) = (bench.visit("hold")?.timers, bench.state.timers)
    bench.now = bench.now.adding(.seconds(1_000))
    bench.deploy([wait.with { $0.id = "pause" }, .end()], by: { $0.steps = ["hold": "pause"] })
    try bench.follow()
    #expect(bench.visit("pause")?.timers == held && bench.state.timers == expiry)
    try bench.later(.seconds(2_600))
    #expect(bench.state.status == .completed)
  }

  @Test("a task that opens anew is due, expires and escalates when it was")
  func standing() throws {
    let task = Step.task("write").with {
      $0.due = .elapsed(.seconds(100))
      $0.expires = .elapsed(.seconds(500))
      $0.then["expired"] = "done"
    }
    var bench = Bench([task, .end()])
    try bench.start()
    let before = try #require(bench.visit("write"))
    bench.now = bench.now.adding(.seconds(60))
    bench.deploy { $0.title = "New" }
    try bench.follow()
    #expect(bench.visit("write")?.due == before.due && bench.visit("write")?.timers == before.timers)
    #expect(bench.visit("write")?.since == bench.now)
  }

  @Test("jobs keep their visit: what was given out is answered, and its step keeps its name")
  func jobs() throws {
    var bench = Bench([.service("pay"), .end("done", "paid")])
    try bench.start()
    bench.deploy([.service("transfer"), .end("done", "paid")], by: { $0.steps = ["pay": "transfer"] })
    #expect(bench.misfits() == ["work was given out in the name of 'pay', which has to keep it until that is done"])
    bench.deploy([.service("pay", then: "check"), .task("check"), .end("done", "paid")])
    #expect(try bench.follow().migrated?.kept == [KeptVisit(step: "pay", visit: 1, number: 1, timers: [])])
    try bench.take(.jobDone(step: "pay", visit: 1, attempt: 1, result: [:]), by: "system:http")
    #expect(bench.waiting == ["check"])
  }

  @Test("new variables come from 'set', which reads the instance as it was; old ones go")
  func variables() throws {
    var bench = Bench([.task("write"), .end()]) {
      $0.variables = [Variable(name: "sum", value: formula("40")), Variable(name: "kept", value: formula("'x'"))]
    }
    try bench.start()
    let change = { (workflow: inout Workflow) in
      workflow.variables = [
        Variable(name: "total", value: formula("0")), Variable(name: "kept", value: formula("'y'")),
      ]
    }
    bench.deploy(nil, change)
    #expect(bench.misfits() == ["the variable 'total' is new; 'migrate.set' gives it its value"])
    bench.deploy(nil, change, by: { $0.set = [Assignment("total", formula("vars.sum + 2"))] })
    try bench.follow()
    #expect(bench.state.vars == ["total": 42, "kept": "x"])
  }

  @Test("a variable keeps its type, whether it keeps its value or is set")
  func types() throws {
    var bench = Bench([.task("write"), .end()]) { $0.variables = [Variable(name: "sum", value: formula("'40'"))] }
    try bench.start()
    let change = { (workflow: inout Workflow) in workflow.variables = [Variable(name: "sum", value: formula("40"))] }
    bench.deploy(nil, change)
    #expect(
      bench.misfits() == ["the variable 'sum' was a text and is a whole number; 'migrate.set' gives it its value"])
    bench.deploy(nil, change, by: { $0.set = [Assignment("sum", formula("vars.sum"))] })
    #expect(bench.misfits() == ["'migrate.set' gives 'sum' a text, and it is a whole number"])
    bench.deploy(nil, change, by: { $0.set = [Assignment("sum", formula("int(vars.sum)"))] })
    try bench.follow()
    #expect(bench.state.vars == ["sum": 40])
  }

  @Test("what stands at a step that is still there is moved; what has been there keeps its name")
  func movedOn() throws {
    let steps: [Step] = [.task("write", then: "again"), .task("again", then: "write"), .task("other"), .end()]
    var bench = Bench(steps)
    try bench.start()
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    #expect(bench.visit("write")?.number == 2)
    bench.deploy(
      [.task("write", then: "other"), .task("other", then: "again"), .task("again"), .end()],
      by: { $0.steps = ["write": "other"] })
    let migrated = try bench.follow().migrated
    #expect(migrated?.moved == ["write": "other"] && migrated?.renamed == [:])
    #expect(bench.visit("other")?.number == 1)
    #expect(bench.state.results["write"]?.visit == 1 && bench.state.results["other"] == nil)
    #expect(bench.state.counts == ["write": 2, "again": 1, "other": 1])
  }

  @Test("input that the new version does not accept does not fit")
  func input() throws {
    var bench = Bench([.task("write"), .end()])
    try bench.start()
    bench.deploy {
      $0.input = try? Schema(["type": "object", "required": ["reason"], "properties": ["reason": ["type": "string"]]])
    }
    #expect(bench.misfits().first?.hasPrefix("its input does not hold any more: ") == true)
  }

  @Test("what is suspended, or being taken back, does not move")
  func held() throws {
    var bench = Bench([.task("write"), .end()])
    try bench.start()
    bench.deploy()
    try bench.take(.suspend(reason: "audit"), by: "olga")
    #expect(bench.misfits() == ["it is suspended; it can be moved when it is resumed"])
  }

  @Test("an operator moves what did not fit; nobody else may")
  func operators() throws {
    var bench = Bench([.task("write"), .end()])
    try bench.start()
    bench.deploy()
    #expect(refusal { try bench.take(.migrate(reason: nil), by: "anna") } == .notAllowed)
    let moved = try bench.take(.migrate(reason: "asked for"), by: "olga").migrated
    #expect(moved?.by == "olga" && moved?.reason == "asked for")
    #expect(refusal { try bench.take(.migrate(reason: nil), by: "olga") } == .conflict)
  }

  @Test("an incident at a step that could not open is tried again under the new version")
  func blocked() throws {
    var bench = Bench([.task("write", [.role("ghost")]), .end()])
    try bench.start()
    #expect(bench.incident?.code == "nobody")
    bench.deploy([.task("write"), .end()])
    try bench.follow()
    #expect(bench.incident == nil && bench.visit("write")?.asked == ["anna"])
  }
}
