import CEL
import HTTPTypes
import Testing
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

@Suite("The API and the pages: moves")
struct MoveRouteTests {
  private static var contract: Workflow {
    let note = try? Schema([
      "type": "object", "required": ["note"],
      "properties": ["note": ["type": "string", "title": "Note", "minLength": 3]],
    ])
    let sign = StateStep.Move(
      name: "sign", by: [.role("finance")], form: note, when: nil,
      set: (try? Formula("result.note")).map { [Assignment("note", $0)] } ?? [],
      then: "signed")
    let recall = StateStep.Move(
      name: "recall", by: [.initiator], form: nil, when: try? Formula("vars.note == 'x'"), set: [], then: nil)
    var workflow = Workflow(
      name: "legal/contract", title: "Contract", start: "draft",
      steps: [
        Step(id: "draft", kind: .state(StateStep(moves: [sign, recall]))),
        Step(id: "signed", kind: .state(StateStep(moves: [], isFinal: true))),
      ])
    workflow.access.start = [.role("employee")]
    workflow.owner = .role("operator")
    workflow.input = try? Schema(["type": "object", "properties": ["number": ["type": "string"]]])
    workflow.object = try? Formula("input.number")
    workflow.variables = [Variable(name: "note", value: try? Formula("''"))]
    return workflow
  }

  private func runner() async throws -> Runner {
    var plan = Scene.plan
    plan.report.versions["legal/contract"] = 1
    plan.newVersions.append((DeployedWorkflow(workflow: Self.contract, version: 1, digest: "contract"), []))
    let runner = try Scene.runner()
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(plan)))
    return runner
  }

  private func start(_ runner: Runner, _ number: String = "c-1") async throws -> Client.Answer {
    try await Client(runner, as: "tomas").post(
      "/api/instances", ["workflow": "contract", "input": ["number": .string(number)]])
  }

  @Test("an object has one live instance")
  func unique() async throws {
    let runner = try await runner()
    #expect(try await start(runner).status == 201)
    let second = try await start(runner)
    #expect(second.status == 409)
    #expect(second.json["detail"]?.stringValue?.contains("already has contract-1") == true)
    #expect(try await start(runner, "c-2").status == 201)
    let dara = Client(runner, as: "dara")
    #expect(try await dara.post("/api/instances/1/moves", ["move": "sign", "result": ["note": "fine"]]).status == 200)
    #expect(try await start(runner).status == 201)
  }

  @Test("moves are listed for whose they are, with their forms, and made")
  func move() async throws {
    let runner = try await runner()
    _ = try await start(runner)
    let dara = Client(runner, as: "dara")
    let waiting = try await dara.get("/api/moves").json["items"]?.listValue ?? []
    #expect(waiting.map { $0["moves"] } == [["sign"]])
    let moves = try await dara.get("/api/instances/1/moves").json["items"]?.listValue ?? []
    #expect(moves.first?["form"]?["required"] == ["note"])
    #expect(try await dara.post("/api/instances/1/moves", ["move": "sign", "result": ["note": "no"]]).status == 422)
    #expect(try await dara.post("/api/instances/1/moves", ["move": "recall"]).status == 403)
    let refused = try await Client(runner, as: "tomas").post("/api/instances/1/moves", ["move": "recall"])
    #expect(refused.status == 409)
    #expect(refused.json["detail"]?.stringValue?.contains("vars.note == 'x'") == true)
    let answer = try await dara.post("/api/instances/1/moves", ["move": "sign", "result": ["note": "fine"]])
    #expect(answer.json["instance"]?["outcome"] == "signed")
  }

  @Test("the inbox leads to a page with a button for each move, and its form makes the move")
  func page() async throws {
    let runner = try await runner()
    _ = try await start(runner)
    let browser = Client(runner, as: "dara", by: .browser)
    #expect(try await browser.get("/inbox").text.contains("contract-1"))
    let page = try await browser.get("/inbox/contract-1.draft.1").text
    #expect(page.contains("value=\"sign\"") && page.contains("name=\"note\""))
    #expect(!page.contains("value=\"recall\""))
    let short = try await browser.submit("/inbox/contract-1.draft.1", "%24move=sign&note=x")
    #expect(short.status == 422 && short.text.contains("value=\"x\""))
    #expect(try await browser.submit("/inbox/contract-1.draft.1", "%24move=sign&note=fine").status == 303)
    #expect(runner.snapshot.instance(1)?.outcome == "signed")
    let other = Client(runner, as: "ines", by: .browser)
    #expect(try await other.get("/inbox/contract-1.draft.1").status == 404)
  }
}
