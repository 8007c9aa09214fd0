import CEL
import Testing
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

@Suite("Sensitive values on the pages and in the API")
struct SensitiveTests {
  private static let iban = "DE89370400440532013000"

  private static var workflow: Workflow {
    var check = ApprovalStep.Level(name: "check", approvers: [.managerOf(.initiator)])
    check.due = .elapsed(.seconds(86_400))
    var approval = ApprovalStep(levels: [check])
    approval.show = [Assignment("Account", try! Formula("input.iban"))]
    var workflow = Workflow(
      name: "bank", title: "Bank details", start: "check",
      steps: [
        Step(
          id: "check", kind: .approval(approval), then: ["approved": "end", "rejected": "end", "returned": "end"]),
        Step(id: "end", kind: .end(EndStep(outcome: "done"))),
      ])
    workflow.owner = .role("operator")
    workflow.access.start = [.role("employee")]
    workflow.access.view = [.role("finance")]
    workflow.input = try? Schema([
      "type": "object", "required": ["iban"],
      "properties": ["iban": ["type": "string", "title": "Account", "sensitive": true]],
    ])
    return workflow
  }

  private func runner() async throws -> Runner {
    let runner = try Scene.runner()
    var plan = Scene.plan
    plan.report.versions["bank"] = 1
    plan.newVersions.append((DeployedWorkflow(workflow: Self.workflow, version: 1, digest: "bank"), []))
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(plan)))
    _ = try await runner.submit(
      Request(by: "tomas", .start(workflow: "bank", input: ["iban": .string(Self.iban)])))
    return runner
  }

  @Test(
    "who takes part reads them; who may only look on, or operates, reads 'hidden'",
    arguments: [
      ("tomas", true), ("ines", true), ("omar", false), ("dara", false),
    ])
  func reading(person: String, isOpen: Bool) async throws {
    let runner = try await runner()
    let client = Client(runner, as: person)
    for path in ["/api/instances/1", "/instances/1", "/instances/1/approvals", "/api/instances/1/evidence"] {
      let answer = try await client.get(path)
      #expect(answer.status == 200)
      #expect(path.hasSuffix("s/1") ? answer.text.contains(Self.iban) == isOpen : true, "\(path)")
      if !isOpen { #expect(!answer.text.contains(Self.iban), "\(path)") }
    }
    if !isOpen { #expect(try await client.get("/instances/1").text.contains("hidden")) }
  }

  @Test("whoever decides sees them in the inbox and is bound to what is sealed")
  func deciding() async throws {
    let runner = try await runner()
    let client = Client(runner, as: "ines")
    #expect(try await client.get("/inbox/bank-1.check.1").text.contains(Self.iban))
    let item = try await client.get("/api/approvals").json["items"]?.listValue?.first
    let digest = item?["digest"] ?? .null
    let answer = try await client.post(
      "/api/approvals/bank-1.check.1/decisions", ["decision": "approve", "digest": digest])
    #expect(answer.status == 200, "\(answer.text)")
    #expect(try await client.get("/api/instances/1").json["outcome"] == "done")
    // Still theirs to see, as a part of what they decided.
    #expect(try await client.get("/api/instances/1").text.contains(Self.iban))
    #expect(try await client.get("/instances/1/approvals").text.contains(Self.iban))
  }
}
