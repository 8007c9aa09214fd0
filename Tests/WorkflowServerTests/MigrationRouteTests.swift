import CEL
import HTTPTypes
import Testing
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner
import WorkflowServer

@Suite("Moving running instances to a later version")
struct MigrationRouteTests {
  /// Two wait for their approval on version 1; version 2 calls it otherwise, and says so in its second attempt.
  private func deployed(_ commit: String, on runner: Runner, _ migration: Migration) async throws {
    var workflow = Scene.expense
    workflow.start = "decision"
    workflow.steps = workflow.steps.map { step in
      var step = step
      if step.id == "approval" { step.id = "decision" }
      if step.then["done"] == "approval" { step.then["done"] = "decision" }
      return step
    }
    workflow.index()
    workflow.migration = migration
    let version = (runner.snapshot.deployment.versions[workflow.name]?.keys.max() ?? 0) + 1
    var plan = Scene.plan
    plan.base = runner.snapshot.deployment.commit
    plan.report.commit = commit
    plan.newVersions = [(DeployedWorkflow(workflow: workflow, version: version, digest: "d\(version)"), [])]
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(plan)))
  }

  @Test("what would become of them is told, to those who may see them; what stayed is listed and moved by an operator")
  func migrate() async throws {
    let runner = try await Scene.make()
    let (tomas, omar) = (Client(runner, as: "tomas"), Client(runner, as: "omar"))
    let number = try await tomas.start()
    try await deployed("b1", on: runner, Migration())
    let report = try await omar.get("/api/deployments/b1").json["migrations"]?.listValue?.first
    #expect(report?["moved"] == 0)
    #expect(report?["stayed"]?.listValue?.first?["instance"] == .string("expense-approval-\(number)"))
    #expect(try await omar.ask(.get, "/deployments").text.contains("What did not fit stays on its version"))
    let told = try await omar.get("/api/workflows/expense-approval/migration").json
    #expect(told["running"] == 1 && told["version"] == 2 && told["migrates"] == true)
    #expect(told["instances"]?.listValue?.first?["fate"] == "misfits")
    #expect(try await Client(runner, as: "guest").get("/api/workflows/expense-approval/migration").json["running"] == 0)
    let refused = try await omar.post("/api/instances/\(number)/migrate")
    #expect(refused.status == 409)
    #expect(refused.json["errors"]?.listValue?.first?["message"]?.stringValue?.contains("'approval'") == true)
    var migration = Migration()
    migration.steps = ["approval": "decision"]
    migration.from = [2]
    try await deployed("b2", on: runner, migration)
    #expect(try await omar.post("/api/instances/\(number)/migrate").status == 409)
    migration.from = []
    try await deployed("b3", on: runner, migration)
    let moved = try await omar.get("/api/instances/\(number)").json
    #expect(moved["version"] == 4)
    #expect(try await tomas.post("/api/instances/\(number)/migrate").status == 403)
    #expect(try await omar.post("/api/instances/\(number)/migrate").json["code"] == "conflict")
  }
}
