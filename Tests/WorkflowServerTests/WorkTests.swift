import CEL
import HTTPTypes
import Synchronization
import Testing
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

@Suite("The API: tasks, approvals and operating")
struct WorkTests {
  @Test("an approval is listed for who is asked, shown with its facts, and decided")
  func approve() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let ines = Client(runner)
    let listed = try await ines.get("/api/approvals").json["items"]?.listValue ?? []
    let id = try #require(listed.first?["id"]?.stringValue)
    #expect(id == "expense-approval-\(number).approval.1")
    let shown = try await ines.get("/api/approvals/\(id)").json
    let digest = try #require(shown["digest"]?.stringValue)
    let answer = try await ines.post(
      "/api/approvals/\(id)/decisions", ["decision": "approve", "digest": .string(digest)])
    #expect(answer.status == 200)
    #expect(answer.json["instance"]?["open"]?.listValue?.first?["step"] == "pay")
    #expect(try await ines.post("/api/approvals/\(id)/decisions", ["decision": "approve"]).status == 409)
    #expect(try await ines.get("/api/approvals").json["items"] == [])
  }

  @Test("a seat is lent to a deputy, who then decides for its owner")
  func delegate() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let id = "expense-approval-\(number).approval.1"
    #expect(try await Client(runner).post("/api/approvals/\(id)/delegations", ["to": "omar"]).status == 403)
    #expect(try await Client(runner).post("/api/approvals/\(id)/delegations", ["to": "dara"]).status == 200)
    #expect(
      try await Client(runner, as: "dara").post("/api/approvals/\(id)/decisions", ["decision": "approve"]).status == 200
    )
    let timeline =
      try await Client(runner, as: "dara").get("/api/instances/\(number)/timeline").json["items"]?.listValue ?? []
    let decided = try #require(timeline.first { $0["event"] == "decided" })
    #expect(decided["by"] == "dara" && decided["for"] == "ines")
    #expect(decided["text"]?.stringValue?.contains("dara") == true)
  }

  @Test(
    "who decides asks; who is asked finds it in the inbox, sees the page and answers; both stand on it for everybody")
  func askAndAnswer() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let id = "expense-approval-\(number).approval.1"
    #expect(try await Client(runner, as: "tomas").post("/api/approvals/\(id)/questions", ["text": "?"]).status == 403)
    #expect(try await Client(runner).post("/api/approvals/\(id)/questions").status == 422)
    #expect(try await Client(runner).get("/inbox/\(id)").text.contains("Ask a question first"))
    #expect(try await Client(runner).post("/api/approvals/\(id)/questions", ["text": "Which hotel?"]).status == 200)
    let tomas = Client(runner, as: "tomas")
    #expect(try await tomas.get("/api/approvals").json["items"]?.listValue?.first?["id"] == .string(id))
    #expect(try await tomas.get("/api/approvals").json["items"]?.listValue?.first?["question"] == "Which hotel?")
    #expect(try await tomas.get("/inbox").text.contains("Question"))
    #expect(try await Client(runner).get("/api/approvals").json["items"]?.listValue?.first?["question"] == nil)
    #expect(try await tomas.get("/inbox/\(id)").text.contains("Your answer to “Which hotel?”"))
    #expect(try await Client(runner).post("/api/approvals/\(id)/answers", ["text": "no"]).status == 403)
    #expect(try await tomas.post("/api/approvals/\(id)/answers", ["text": "The Adler"]).status == 200)
    #expect(try await tomas.get("/api/approvals").json["items"] == [])
    let shown = try await Client(runner).get("/api/approvals/\(id)").json["questions"]?.listValue?.first
    #expect(shown?["answer"]?["text"] == "The Adler")
    let open = try await tomas.get("/api/instances/\(number)").json["open"]?.listValue?.first
    #expect(open?["questions"] == .list([shown ?? .null]))
    #expect(try await Client(runner).get("/inbox/\(id)").text.contains("The Adler"))
    #expect(try await tomas.get("/instances/\(number)").text.contains("answered: “The Adler”"))
  }

  @Test("an operator has an approval asked anew; the initiator withdraws it; nobody else does either")
  func reopenAndWithdraw() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let path = "/api/instances/\(number)"
    #expect(try await Client(runner, as: "tomas").post("\(path)/reopen", ["reason": "again"]).status == 403)
    #expect(try await Client(runner, as: "omar").post("\(path)/reopen").status == 422)
    #expect(try await Client(runner, as: "omar").post("\(path)/reopen", ["reason": "again"]).status == 200)
    let ids = try await Client(runner).get("/api/approvals").json["items"]?.listValue?.compactMap { $0["id"] }
    #expect(ids == [.string("expense-approval-\(number).approval.2")])
    #expect(
      try await Client(runner, as: "omar").get("/instances/\(number)").text.contains(
        "had ‘Approval’ asked anew: “again”"))
    #expect(try await Client(runner, as: "omar").post("\(path)/withdraw", ["reason": "no"]).status == 403)
    #expect(try await Client(runner, as: "tomas").get("/instances/\(number)").text.contains("Withdraw ‘Approval’"))
    #expect(try await Client(runner, as: "tomas").post("\(path)/withdraw", ["reason": "changed my mind"]).status == 200)
    #expect(try await Client(runner).get("/api/approvals").json["items"] == [])
  }

  @Test("whoever covers an absence finds the item in the inbox and decides it; nobody else, and not after it")
  func cover() async throws {
    let clock = Mutex(Scene.now)
    let runner = try Scene.runner { clock.withLock { $0 } }
    var plan = Scene.plan
    let day = Scene.now.date
    plan.people.people["ines"]?.absences = [Person.Absence(from: day, to: day)]
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(plan)))
    let number = try await Client(runner, as: "tomas").start()
    let id = "expense-approval-\(number).approval.1"
    func inbox(of person: String) async throws -> [Value] {
      try await Client(runner, as: person).get("/api/approvals").json["items"]?.listValue?.compactMap { $0["id"] } ?? []
    }
    #expect(try await inbox(of: "ines") == [.string(id)])
    #expect(try await inbox(of: "dara") == [.string(id)])
    #expect(try await inbox(of: "tomas") == [])
    #expect(try await inbox(of: "omar") == [])
    let page = try await Client(runner, as: "dara").get("/inbox/\(id)").text
    #expect(page.contains("You decide for Ines Okafor, who is absent."))
    clock.withLock { $0 = $0.adding(.seconds(86_400)) }
    #expect(try await inbox(of: "dara") == [])
    #expect(try await Client(runner, as: "dara").get("/api/approvals/\(id)").status == 404)
    clock.withLock { $0 = Scene.now }
    let answer = try await Client(runner, as: "dara").post("/api/approvals/\(id)/decisions", ["decision": "approve"])
    #expect(answer.status == 200)
    #expect(try await inbox(of: "ines") == [])
  }

  @Test("a task is completed with its form; what the form refuses has pointers")
  func complete() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    _ = try await Client(runner).post(
      "/api/approvals/expense-approval-\(number).approval.1/decisions", ["decision": "approve"])
    let dara = Client(runner, as: "dara")
    let id = "expense-approval-\(number).pay.1"
    let shown = try await dara.get("/api/tasks/\(id)").json
    #expect(shown["outcomes"] == ["paid", "refused"])
    let refused = try await dara.post("/api/tasks/\(id)/complete", ["outcome": "paid", "result": ["reference": "x"]])
    #expect(refused.status == 422)
    #expect(refused.json["errors"]?.listValue?.first?["pointer"] == "/reference")
    #expect(
      try await dara.post("/api/tasks/\(id)/complete", ["result": ["reference": "RF18"]]).json["code"] == "ambiguous")
    let done = try await dara.post("/api/tasks/\(id)/complete", ["outcome": "paid", "result": ["reference": "RF18"]])
    #expect(done.status == 200)
    #expect(done.json["instance"]?["outcome"] == "paid")
  }

  @Test("an operator suspends, resumes, retries, skips and cancels; others may not")
  func operate() async throws {
    let runner = try await Scene.make()
    let tomas = Client(runner, as: "tomas")
    let omar = Client(runner, as: "omar")
    _ = try await tomas.post("/api/instances", ["workflow": "access-request"])
    for verb in ["suspend", "resume", "retry"] {
      #expect(try await tomas.post("/api/instances/1/\(verb)").status == 403, "\(verb)")
      #expect(try await omar.post("/api/instances/1/\(verb)").status == 200, "\(verb)")
    }
    #expect(try await omar.post("/api/instances/1/skip", ["outcome": "done"]).status == 422)
    let skipped = try await omar.post("/api/instances/1/skip", ["outcome": "done", "reason": "Granted by hand"])
    #expect(skipped.json["instance"]?["outcome"] == "granted")
    let number = try await tomas.start()
    #expect(try await Client(runner, as: "dara").post("/api/instances/\(number)/cancel", ["reason": "x"]).status == 404)
    #expect(try await tomas.post("/api/instances/\(number)/cancel", ["reason": "Changed my mind"]).status == 200)
    #expect(try await tomas.post("/api/instances/\(number)/cancel").status == 409)
  }

  @Test("workflows, versions, graphs and deployments are there to read")
  func reading() async throws {
    let runner = try await Scene.make()
    _ = try await runner.submit(Request(by: "system:deployer", .deploy(Scene.refusal)))
    let client = Client(runner)
    #expect(try await client.get("/api/workflows").json["items"]?.listValue?.count == 2)
    #expect(try await client.get("/api/workflows/expense-approval").json["name"] == "finance/expense-approval")
    #expect(try await client.get("/api/workflows/finance%2Fexpense-approval/versions/1").json["version"] == 1)
    #expect(try await client.get("/api/workflows/expense-approval/versions/2").status == 404)
    let picture = try await client.get(
      "/api/workflows/expense-approval/versions/1/graph", headers: [("Accept", "image/svg+xml")])
    #expect(picture.headers[.contentType] == "image/svg+xml" && picture.text.hasPrefix("<svg"))
    #expect(
      try await client.get("/api/workflows/expense-approval/versions/1/graph").json["nodes"]?.listValue?.isEmpty
        == false)
    let deployments = try await client.get("/api/deployments").json["items"]?.listValue ?? []
    #expect(deployments.map { $0["deployed"] } == [false, true])
    #expect(
      try await client.get("/api/deployments/\(Scene.refusal.report.commit)").json["findings"]?.listValue?.count == 1)
  }
}
