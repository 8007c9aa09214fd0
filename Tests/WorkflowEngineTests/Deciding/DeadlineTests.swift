import CEL
import Testing
import WorkflowEngine

@Suite("Deadlines of a workflow")
struct DeadlineTests {
  private func bench(_ change: (inout Workflow) -> Void) throws -> Bench {
    var bench = Bench(
      [
        .gateway("fork", .parallel, Branch(then: "a"), Branch(then: "b")), .task("a", [.person("anna")], then: "meet"),
        .task("b", [.person("bob")], then: "meet"), .join("meet", of: "fork"), .end("done", "all"),
        .task("late", [.person("carl")]),
      ], change)
    try bench.start()
    return bench
  }

  @Test("'expires' cancels the root frame and goes on with one root token, once")
  func expires() throws {
    var bench = try bench { $0.expires = Expiry(after: .elapsed(.seconds(60)), then: "late") }
    #expect(bench.state.nextTimer == bench.now.adding(.seconds(60)))
    let events = try bench.later(.seconds(60))
    #expect(
      events.first
        == .expired(to: "late", token: 4, cancelled: [VisitID(step: "a", visit: 1), VisitID(step: "b", visit: 1)]))
    #expect(bench.waiting == ["late"])
    #expect(bench.state.frames.count == 1)
    #expect(bench.state.nextTimer == nil)
    try bench.take(.complete(step: "late", visit: nil, outcome: nil, result: .null), by: "carl")
    #expect(bench.state.outcome == "all")
  }

  @Test("'escalate' reminds whoever is asked then")
  func reminds() throws {
    var bench = try bench { $0.escalate = [Escalation(after: .elapsed(.seconds(60)), action: .remind)] }
    try bench.take(.complete(step: "a", visit: nil, outcome: nil, result: .null))
    try bench.later(.seconds(60))
    #expect(bench.state.deliveries.map(\.to) == [["bob"]])
    #expect(try bench.later(.seconds(60)).isEmpty)
  }

  @Test("'escalate' asks others beside those who are asked, but nobody whom an approval excludes")
  func adds() throws {
    var bench = Bench(
      [
        .gateway("fork", .parallel, Branch(then: "a"), Branch(then: "ok")), .task("a", [.person("carl")], then: "meet"),
        .approval(.level("ok", [.person("bob")]), then: ["approved": "meet", "rejected": "meet"]),
        .join("meet", of: "fork"), .end("done"),
      ]
    ) { $0.escalate = [Escalation(after: .elapsed(.seconds(60)), action: .add([.person("anna"), .person("olga")]))] }
    try bench.start()
    try bench.later(.seconds(60))
    #expect(bench.state.visits.first { $0.step == "a" }?.asked == ["carl", "anna", "olga"])
    #expect(bench.approval()?.pool.map(\.person) == ["bob", "olga"])
  }

  @Test("handing over to nobody reminds instead")
  func handsOver() throws {
    var bench = try bench {
      $0.escalate = [Escalation(after: .elapsed(.seconds(60)), action: .handOver([.role("unknown")]))]
    }
    try bench.later(.seconds(60))
    #expect(bench.state.visits.flatMap(\.asked) == ["anna", "bob"])
  }
}
