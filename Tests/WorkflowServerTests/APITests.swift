import CEL
import HTTPTypes
import Testing
import WorkflowEngine
import WorkflowRunner

@Suite("The API: instances")
struct APITests {
  @Test("starting answers 201 with the instance, its place and its tag")
  func start() async throws {
    let client = Client(try await Scene.make(), as: "tomas")
    let answer = try await client.post("/api/instances", ["workflow": "expense-approval", "input": Scene.input])
    #expect(answer.status == 201)
    #expect(answer.json["instance"]?["id"] == "expense-approval-1")
    #expect(answer.json["instance"]?["status"] == "waiting")
    #expect(answer.headers[.location] == "/api/instances/expense-approval-1")
    #expect(answer.headers[.eTag] != nil)
  }

  @Test("an instance is found by id and by number, and is the same")
  func byIdAndNumber() async throws {
    let client = Client(try await Scene.make(), as: "tomas")
    let number = try await client.start()
    let byNumber = try await client.get("/api/instances/\(number)")
    #expect(byNumber.status == 200)
    #expect(try await client.get("/api/instances/expense-approval-\(number)").json == byNumber.json)
    #expect(try await client.get("/api/instances/access-request-\(number)").status == 404)
  }

  @Test("an input that the schema refuses is 422 with a pointer to each field")
  func invalidInput() async throws {
    let client = Client(try await Scene.make(), as: "tomas")
    let answer = try await client.post(
      "/api/instances", ["workflow": "expense-approval", "input": ["amount": "much", "colour": "red"]])
    #expect(answer.status == 422)
    #expect(answer.headers[.contentType] == "application/problem+json")
    #expect(answer.json["code"] == "invalid")
    let pointers = Set((answer.json["errors"]?.listValue ?? []).compactMap { $0["pointer"]?.stringValue })
    #expect(pointers.isSuperset(of: ["/amount", "/category", "/colour"]))
  }

  @Test("refusals have their own status and code")
  func refusals() async throws {
    let runner = try await Scene.make()
    let tomas = Client(runner, as: "tomas")
    let number = try await tomas.start()
    let ines = Client(runner)
    let approval = "/api/approvals/expense-approval-\(number).approval.1/decisions"
    let cells: [(Client.Answer, Int, String)] = [
      (
        try await Client(runner, as: "guest").post(
          "/api/instances", ["workflow": "expense-approval", "input": Scene.input]), 403, "not-allowed"
      ),
      (try await tomas.post("/api/instances", ["workflow": "nothing"]), 404, "not-found"),
      (try await tomas.post("/api/instances", ["wurkflow": "nothing"]), 422, "invalid"),
      (try await tomas.post("/api/instances", [:]), 422, "invalid"),
      (try await tomas.get("/api/instances/99"), 404, "not-found"),
      (try await tomas.get("/api/instances/%00"), 404, "not-found"),
      (try await tomas.get("/api/nothing"), 404, "not-found"),
      (try await tomas.get("/api/instances/1/comments"), 405, "method"),
      (try await tomas.ask(.put, "/api/instances/1"), 405, "method"),
      (try await tomas.ask(.post, "/api/instances", "{", type: "application/json"), 400, "json"),
      (try await tomas.ask(.post, "/api/instances", "[]", type: "application/json"), 400, "json"),
      (try await tomas.ask(.post, "/api/instances", "{}", type: "text/plain"), 415, "media-type"),
      (try await tomas.post(approval, ["decision": "approve"]), 403, "not-allowed"),
      (try await ines.post(approval, ["decision": "perhaps"]), 422, "invalid"),
      (try await ines.post(approval, ["decision": "approve", "digest": "0000"]), 409, "stale"),
      (try await ines.post("/api/instances/\(number)/retry"), 403, "not-allowed"),
      (try await Client(runner, as: "omar").post("/api/instances/\(number)/retry"), 409, "conflict"),
      (try await ines.get("/api/approvals/nothing"), 404, "not-found"),
      (try await ines.get("/api/approvals/expense-approval-\(number).approval.2"), 409, "closed"),
      (try await ines.get("/api/tasks/expense-approval-\(number).approval.1"), 404, "not-found"),
    ]
    for (index, (answer, status, code)) in cells.enumerated() {
      #expect(answer.status == status, "\(index): \(answer.text)")
      #expect(answer.json["code"] == .string(code), "\(index): \(answer.text)")
      #expect(answer.json["detail"]?.stringValue?.isEmpty == false)
    }
  }

  @Test("a body past the limit is refused")
  func largeBody() async throws {
    let client = Client(try await Scene.make(), as: "tomas")
    let body = #"{"workflow": "\#(String(repeating: "x", count: 2 << 20))"}"#
    #expect(try await client.ask(.post, "/api/instances", body, type: "application/json").status == 413)
  }

  @Test("the same key and request start once; the same key and another request are refused")
  func idempotency() async throws {
    let runner = try await Scene.make()
    let client = Client(runner, as: "tomas")
    let key = [("Idempotency-Key", "k-1")]
    let body: Value = ["workflow": "expense-approval", "input": Scene.input]
    let first = try await client.post("/api/instances", body, headers: key)
    let again = try await client.post("/api/instances", body, headers: key)
    #expect(again.json["instance"]?["id"] == first.json["instance"]?["id"])
    #expect(again.json["replay"] == true)
    let other = try await client.post("/api/instances", ["workflow": "access-request"], headers: key)
    #expect(other.status == 409)
    #expect(runner.snapshot.nextNumber == 2)
    #expect(try await client.post("/api/instances", body, headers: [("Idempotency-Key", "ä b")]).status == 422)
  }

  @Test("a tag that the asker has is answered 304, until something happens")
  func tags() async throws {
    let runner = try await Scene.make()
    let client = Client(runner, as: "tomas")
    let number = try await client.start()
    let tag = try #require(try await client.get("/api/instances/\(number)").headers[.eTag])
    let same = try await client.get("/api/instances/\(number)", headers: [("If-None-Match", tag)])
    #expect(same.status == 304 && same.text.isEmpty)
    _ = try await client.post("/api/instances/\(number)/comments", ["text": "Any news?"])
    #expect(try await client.get("/api/instances/\(number)", headers: [("If-None-Match", tag)]).status == 200)
  }

  @Test("nobody sees an instance that is not theirs to see, by any route")
  func visibility() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let guest = Client(runner, as: "guest")
    let id = "expense-approval-\(number)"
    for address in [
      "/api/instances/\(number)", "/api/instances/\(id)/timeline", "/api/approvals/\(id).approval.1",
      "/instances/\(id)",
      "/inbox/\(id).approval.1",
    ] { #expect(try await guest.get(address).status == 404, "\(address)") }
    #expect(try await guest.post("/api/instances/\(number)/comments", ["text": "hello"]).status == 404)
    #expect(try await guest.get("/api/instances").json["items"] == [])
    for address in ["/", "/instances?status=all", "/workflows/expense-approval"] {
      #expect(try await !guest.get(address).text.contains(id), "\(address)")
    }
    #expect(try await Client(runner, as: "omar").get("/api/instances/\(number)").status == 200)
  }

  @Test("lists go on where the page before ended, newest first, each instance once")
  func pages() async throws {
    let client = Client(try await Scene.make(), as: "tomas")
    for _ in 1...5 { _ = try await client.start() }
    var seen: [Int64] = []
    var before = ""
    for _ in 1...4 {
      let page = try await client.get("/api/instances?limit=2\(before)").json
      seen += (page["items"]?.listValue ?? []).compactMap { $0["number"]?.intValue }
      guard let next = page["next"]?.stringValue else { break }
      before = "&before=\(next)"
    }
    #expect(seen == [5, 4, 3, 2, 1])
  }

  @Test("lists are filtered by standing, workflow and person; an unknown standing is refused")
  func filters() async throws {
    let runner = try await Scene.make()
    let tomas = Client(runner, as: "tomas")
    let first = try await tomas.start()
    _ = try await tomas.start()
    _ = try await tomas.post("/api/instances", ["workflow": "access-request"])
    _ = try await Client(runner).post(
      "/api/approvals/expense-approval-\(first).approval.1/decisions", ["decision": "reject", "reason": "no"])
    func count(_ query: String) async throws -> Int? {
      try await tomas.get("/api/instances?\(query)").json["items"]?.listValue?.count
    }
    #expect(try await count("status=open") == 2)
    #expect(try await count("status=ended") == 1)
    #expect(try await count("status=stuck") == 1)
    #expect(try await count("workflow=expense-approval") == 2)
    #expect(try await count("workflow=finance/expense-approval&status=open") == 1)
    #expect(try await count("person=ines") == 0)
    #expect(try await tomas.get("/api/instances?status=lost").status == 422)
  }
}
