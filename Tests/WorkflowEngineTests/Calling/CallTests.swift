import CEL
import Testing
import WorkflowEngine

@Suite("call")
struct CallTests {
  private static let child = InstanceID(name: "check", number: 2)

  private func calling(_ change: (inout Step) -> Void = { _ in }) throws -> Bench {
    var call = Step(
      id: "check",
      kind: .call(CallStep(workflow: "hr/check", input: [Assignment("person", formula("instance.initiator"))])),
      then: ["clean": "done", "objections": "sorry"])
    change(&call)
    var bench = Bench([call, .end("done", "hired"), .end("sorry", "sorry")])
    bench.callees["hr/check"] = DeployedWorkflow(
      workflow: Workflow(name: "hr/check", title: "Check", start: "a", steps: [.end("a", "clean")]), version: 3,
      digest: "c")
    try bench.start()
    return bench
  }

  private func end(_ bench: inout Bench, as outcome: Outcome, visit: Int = 1) throws {
    try bench.take(
      .childEnded(step: "check", visit: visit, child: Self.child, outcome: outcome, output: ["score": 7]),
      by: "system:caller")
  }

  private func begin(_ bench: inout Bench, visit: Int = 1) throws {
    try bench.take(.childStarted(step: "check", visit: visit, child: Self.child), by: "system:caller")
  }

  @Test("binds to the version that is deployed at entry, with the input as it is then")
  func binds() throws {
    var bench = try calling()
    let call = try #require(bench.state.visits.first?.call)
    #expect(call.version == 3)
    #expect(call.input == ["person": "anna"])
    #expect(bench.state.owed == [.child(VisitID(step: "check", visit: 1))])
    try begin(&bench)
    #expect(bench.state.owed.isEmpty)
    #expect(bench.state.children == [Self.child])
  }

  @Test("leaves by the child's outcome, with its output as the result")
  func leaves() throws {
    var bench = try calling()
    try begin(&bench)
    try end(&bench, as: "objections")
    #expect(bench.state.outcome == "sorry")
    #expect(bench.state.results["check"]?.output["score"] == 7)
  }

  @Test("an end that comes twice, or of another child, moves nothing")
  func twice() throws {
    var bench = try calling()
    try begin(&bench)
    try end(&bench, as: "clean")
    let entries = bench.entries.count
    try end(&bench, as: "clean")
    #expect(bench.entries.dropFirst(entries).map(\.event) == [.late(job: "check-2", outcome: "clean")])
  }

  @Test("a child that was cancelled has failed: 'on-error', or an incident")
  func cancelled() throws {
    var bench = try calling()
    try begin(&bench)
    try end(&bench, as: "cancelled")
    #expect(bench.incident?.code == "child.failed")
    var routed = try calling { $0.onError = [ErrorRoute(code: "child.failed", then: "sorry")] }
    try begin(&routed)
    try end(&routed, as: "cancelled")
    #expect(routed.state.outcome == "sorry")
  }

  @Test("'cancelled' with a target is an outcome like others")
  func cancelledTarget() throws {
    var bench = try calling { $0.then["cancelled"] = "sorry" }
    try begin(&bench)
    try end(&bench, as: "cancelled")
    #expect(bench.state.outcome == "sorry")
  }

  @Test("a child that could not start is an error; retrying calls anew")
  func refused() throws {
    var bench = try calling()
    try bench.take(.childRefused(step: "check", visit: 1, message: "no"), by: "system:caller")
    #expect(bench.incident?.code == "child.refused")
    #expect(bench.state.owed.isEmpty)
    try bench.take(.retry(step: nil, reason: nil), by: "olga")
    #expect(bench.state.owed == [.child(VisitID(step: "check", visit: 2))])
  }

  @Test("'expires' ends the wait; the child is awaited no longer")
  func expires() throws {
    var bench = try calling {
      $0.expires = .elapsed(.seconds(60))
      $0.then["expired"] = "sorry"
    }
    try begin(&bench)
    try bench.later(.seconds(60))
    #expect(bench.state.outcome == "sorry")
    #expect(bench.state.children.isEmpty)
  }

  @Test("each item calls a child of its own")
  func each() throws {
    var bench = try calling {
      $0.each = Each(list: formula("['x', 'y']"))
      $0.then = ["done": "done"]
    }
    #expect(bench.state.owed.count == 2)
    try begin(&bench, visit: 2)
    try end(&bench, as: "clean", visit: 2)
    #expect(bench.state.status == .waiting)
    try bench.take(
      .childStarted(step: "check", visit: 3, child: InstanceID(name: "check", number: 3)), by: "system:caller")
    try bench.take(
      .childEnded(
        step: "check", visit: 3, child: InstanceID(name: "check", number: 3), outcome: "objections", output: [:]),
      by: "system:caller")
    let outcomes = bench.state.results["check"]?.output.listValue?.map { $0["outcome"]?.stringValue }
    #expect(outcomes == ["clean", "objections"])
  }

  private func child(depth: Int = 1, about: [PersonID] = []) throws -> Bench {
    var bench = Bench([
      .approval(.level("ok", [.role("manager")]), then: ["approved": "yes", "rejected": "no"]), .end("yes", "yes"),
      .end("no", "no"),
    ])
    let caller = Caller(instance: InstanceID(name: "hire", number: 1), step: "check", visit: 1, depth: depth)
    bench.workflow.access.start = []
    try bench.take(.startChild(Self.child, of: caller, input: [:], about: about), by: "anna")
    return bench
  }

  @Test("a child inherits initiator and 'about', and nobody needs to be let start it")
  func inherits() throws {
    let bench = try child(about: ["carl"])
    #expect(bench.state.initiator == "anna")
    #expect(bench.approval()?.pool.map(\.person) == ["bob"])
  }

  @Test("what the caller's approvals are about is handed to the child")
  func about() throws {
    var bench = Bench([
      Step(id: "check", kind: .call(CallStep(workflow: "hr/check", input: [])), then: ["clean": "ok"]),
      .approval(.level("ok", [.role("manager")]) { $0.about = formula("'carl'") }, then: ["approved": "check"]),
    ])
    bench.callees["hr/check"] = DeployedWorkflow(workflow: bench.workflow, version: 1, digest: "c")
    try bench.start()
    #expect(bench.state.visits.first?.call?.about == ["carl"])
  }

  @Test("a line of callers is at most sixteen deep")
  func depth() throws {
    for (depth, code) in [(14, nil), (15, "child.refused")] as [(Int, String?)] {
      var bench = Bench([
        Step(id: "check", kind: .call(CallStep(workflow: "self", input: [])), then: ["clean": "check"])
      ])
      bench.callees["self"] = DeployedWorkflow(workflow: bench.workflow, version: 1, digest: "c")
      let caller = Caller(instance: InstanceID(name: "hire", number: 1), step: "check", visit: 1, depth: depth)
      try bench.take(.startChild(Self.child, of: caller, input: [:], about: []), by: "anna")
      #expect(bench.incident?.code == code)
    }
  }

  @Test("cancelling the parent cancels the child, whoever may operate it")
  func abandoned() throws {
    var bench = try child()
    try bench.take(.abandon(reason: "hire-1 does not wait for it any more"), by: "system:caller")
    #expect(bench.state.status == .cancelled)
  }
}
