import CEL
import Testing
import WorkflowEngine

@Suite("No way around an approval by migration")
struct MigrationApprovalTests {
  private static let old: [Step] = [
    .task("write", then: "ok"),
    .approval(.level("ok", [.role("manager")]), then: ["approved": "pay", "rejected": "no"]),
    .task("pay"), .end("done", "paid"), .end("no"),
  ]

  @Test("a migration past an approval is an error unless it is listed, and then it is recorded")
  func between() throws {
    var bench = Bench(Self.old)
    try bench.start()
    bench.deploy(by: { $0.steps = ["write": "pay"] })
    #expect(bench.misfits() == ["it would pass the approval 'ok', which 'migrate.past-approvals' does not name"])
    bench.deploy(by: {
      $0.steps = ["write": "pay"]
      $0.pastApprovals = ["ok"]
    })
    #expect(try bench.follow().migrated?.passed == ["ok"])
    #expect(bench.waiting == ["pay"])
  }

  @Test("an open approval is not left undecided")
  func open() throws {
    var bench = Bench(Self.old)
    try bench.start()
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    bench.deploy([.task("write", then: "pay"), .task("pay"), .end("done", "paid")], by: { $0.steps = ["ok": "pay"] })
    #expect(bench.misfits() == ["it would pass the approval 'ok', which 'migrate.past-approvals' does not name"])
  }

  @Test("an approval that is new before the place of an instance is one that it never had")
  func newApproval() throws {
    var bench = Bench([.task("pay"), .end("done", "paid")])
    try bench.start()
    bench.deploy(
      [
        .approval(.level("ok", [.role("manager")]), then: ["approved": "pay", "rejected": "no"]), .task("pay"),
        .end("done", "paid"), .end("no"),
      ])
    #expect(bench.misfits() == ["it would pass the approval 'ok', which 'migrate.past-approvals' does not name"])
  }

  @Test("the same where the approval stands in a branch that a join waits for")
  func inBranch() throws {
    var bench = Bench([.task("pay"), .end("done", "paid")])
    try bench.start()
    bench.deploy([
      .gateway("both", .parallel, Branch(then: "ok"), Branch(then: "look")),
      .approval(.level("ok", [.role("manager")]), then: ["approved": "meet", "rejected": "meet"]),
      .task("look", then: "meet"), .join("meet", of: "both", then: "pay"), .task("pay"), .end("done", "paid"),
    ])
    #expect(bench.misfits() == ["it would pass the approval 'ok', which 'migrate.past-approvals' does not name"])
  }

  @Test("an approval that was had, under whichever name, is not passed")
  func had() throws {
    var bench = Bench(Self.old)
    try bench.start()
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    try bench.approve(by: "bob")
    let renamed = Self.old.map { step in
      step.with {
        if $0.id == "ok" { $0.id = "signed" }
        if $0.then["done"] == "ok" { $0.then["done"] = "signed" }
      }
    }
    bench.deploy(renamed, by: { $0.steps = ["ok": "signed"] })
    #expect(try bench.follow().migrated?.passed == [])
    #expect(bench.state.results["signed"]?.by == "bob" && bench.state.results["ok"] == nil)
  }
}
