import CEL
import HTTPTypes
import Testing
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

@Suite("The API: messages")
struct MessageRouteTests {
  private static var parcel: Workflow {
    var workflow = Workflow(
      name: "shipping/parcel", title: "Parcel", start: "wait",
      steps: [
        Step(
          id: "wait", kind: .wait(WaitStep(event: "arrived", key: try? Formula("input.parcel"))),
          then: ["arrived": "done"]), Step(id: "done", kind: .end(EndStep(outcome: "arrived"))),
      ])
    workflow.access.start = [.role("employee")]
    workflow.owner = .role("operator")
    workflow.input = try? Schema(["type": "object", "properties": ["parcel": ["type": "string"]]])
    workflow.events = [
      MessageDeclaration(
        name: "arrived", schema: try? Schema(["type": "object", "properties": ["weight": ["type": "integer"]]]),
        from: [.role("finance")])
    ]
    return workflow
  }

  private func runner() async throws -> Runner {
    var plan = Scene.plan
    plan.report.versions["shipping/parcel"] = 1
    plan.newVersions.append((DeployedWorkflow(workflow: Self.parcel, version: 1, digest: "parcel"), []))
    let runner = try Scene.runner()
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(plan)))
    return runner
  }

  private func start(_ runner: Runner, _ parcel: String) async throws {
    let start = try await Client(runner, as: "tomas").post(
      "/api/instances", ["workflow": "parcel", "input": ["parcel": .string(parcel)]])
    #expect(start.status == 201)
  }

  @Test("a message reaches who waits, and who sent it learns of instances only what they may see")
  func plain() async throws {
    let runner = try await runner()
    try await start(runner, "p-1")
    let body: Value = ["event": "arrived", "key": "p-1", "data": ["weight": 3]]
    #expect(try await Client(runner, as: "tomas").post("/api/events", body).status == 403)
    let answer = try await Client(runner, as: "dara").post("/api/events", body)
    #expect(answer.status == 200)
    #expect(answer.json["message"]?["reached"] == 1)
    #expect(answer.json["message"]?["instances"] == [])
    let instance = try await Client(runner, as: "tomas").get("/api/instances/1").json
    #expect(instance["outcome"] == "arrived")
  }

  @Test("a CloudEvent that comes early is kept; sent again it is answered as before")
  func cloudEvent() async throws {
    let runner = try await runner()
    let event: Value = [
      "specversion": "1.0", "type": "com.example.parcel.arrived", "source": "https://carrier.example", "id": "e-1",
      "subject": "p-2", "time": "2026-11-22T09:00:00Z", "datacontenttype": "application/json", "data": ["weight": 3],
    ]
    let dara = Client(runner, as: "dara")
    let first = try await dara.post("/api/events", event, headers: [("Content-Type", "application/cloudevents+json")])
    #expect(first.status == 202)
    #expect(first.json["message"]?["standing"] == "kept")
    try await start(runner, "p-2")
    #expect(runner.snapshot.instance(2)?.outcome == "arrived")
    let again = try await dara.post("/api/events", event)
    #expect(again.json["replay"] == true)
    #expect(again.json["message"]?["standing"] == "claimed")
  }

  @Test("what is no message is refused with the field that is wrong")
  func refused() async throws {
    let dara = Client(try await runner(), as: "dara")
    #expect(try await dara.post("/api/events", ["key": "p-1"]).status == 422)
    #expect(try await dara.post("/api/events", ["event": "gone"]).status == 404)
    #expect(try await dara.post("/api/events", ["event": "arrived", "data": ["weight": "3"]]).status == 422)
    #expect(try await dara.post("/api/events", ["event": "arrived", "payload": [:]]).status == 422)
    #expect(try await dara.post("/api/events", ["specversion": "0.3", "type": "arrived"]).status == 422)
  }

  @Test("what came early is listed for those who sent it, may send it, or operate what waits for it; nobody else knows")
  func early() async throws {
    let runner = try await runner()
    let body: Value = ["event": "arrived", "key": "p-9", "data": ["weight": 3]]
    #expect(try await Client(runner, as: "dara").post("/api/events", body).status == 202)
    let items = try await Client(runner, as: "dara").get("/api/messages").json["items"]?.listValue ?? []
    #expect(items.map { $0["key"] } == ["p-9"])
    #expect(items.first?["data"] == nil)
    #expect(try await Client(runner, as: "tomas").get("/api/messages").json["items"] == [])
    #expect(try await Client(runner, as: "dara").get("/api/messages?standing=claimed").json["items"] == [])
    #expect(try await Client(runner, as: "dara").get("/api/messages?standing=lost").status == 422)
    let page = try await Client(runner, as: "dara", by: .stranger)
    #expect(try await page.get("/").text.contains("came early and is kept."))
    #expect(try await page.get("/messages").text.contains("p-9"))
    #expect(try await !Client(runner, as: "tomas", by: .stranger).get("/messages").text.contains("p-9"))
    try await start(runner, "p-9")
    #expect(try await Client(runner, as: "dara").get("/api/messages").json["items"] == [])
    let claimed = try await Client(runner, as: "dara").get("/api/messages?standing=claimed").json["items"]
    #expect(claimed?.listValue?.count == 1)
  }

  @Test("the events of what is deployed are listed with what they carry")
  func listed() async throws {
    let items = try await Client(try await runner(), as: "dara").get("/api/events").json["items"]?.listValue ?? []
    #expect(items.map { $0["name"] } == ["arrived"])
    #expect(items.first?["workflows"] == ["shipping/parcel"])
  }
}
