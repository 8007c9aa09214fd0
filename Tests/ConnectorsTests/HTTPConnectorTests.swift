import CEL
import Testing
import WorkflowEngine
import WorkflowRunner

@Suite("uses: http", .timeLimit(.minutes(1)))
struct HTTPConnectorTests {
  @Test("an answer is its status, its headers in lower case, and its body")
  func answers() async throws {
    try await Outside.withService { outside in
      let result = await outside.ask("/json").value
      #expect(result?["status"] == 200)
      #expect(result?["body"] == ["reference": "R-7", "amount": "12.50"])
      #expect(result?["headers"]?["x-trace"] == "abc")
      #expect(await outside.ask("/echo").value?["headers"]?["x-seen"] == "one, two")
      #expect(await outside.ask("/text").value?["body"] == "plain words")
      #expect(await outside.ask("/nothing").value?["body"] == .null)
    }
  }

  @Test("a structured body is sent as JSON, with the idempotency key")
  func sends() async throws {
    try await Outside.withService { outside in
      let echo = await outside.ask("/echo", ["method": "post", "body": ["amount": "12.50"]]).value?["body"]
      #expect(echo?["method"] == "POST")
      #expect(echo?["body"] == "{'amount':'12.50'}")
      #expect(echo?["headers"]?["content-type"] == "application/json")
      #expect(echo?["headers"]?["idempotency-key"] == "expense-42.pay.1")
    }
  }

  @Test("a text is sent as it is, and what headers say goes first")
  func headersGoFirst() async throws {
    try await Outside.withService { outside in
      let headers: Value = ["content-type": "text/csv", "X-Count": 3]
      let echo = await outside.ask("/echo", ["method": "PUT", "body": "a,b", "headers": headers]).value?["body"]
      #expect(echo?["body"] == "a,b")
      #expect(echo?["headers"]?["content-type"] == "text/csv")
      #expect(echo?["headers"]?["x-count"] == "3")
    }
  }

  @Test("statuses of 400 and above are failures of that code", arguments: [("/missing", "404"), ("/busy", "503")])
  func failures(path: String, status: String) async throws {
    try await Outside.withService { outside in
      #expect(await outside.ask(path).code == "http.\(status)")
    }
  }

  @Test("a failure says what the service said")
  func failureMessage() async throws {
    let result = try await Outside.withService { await $0.ask("/missing") }
    #expect(result == .failed(code: "http.404", message: #"404 Not Found: {"error": "no such payee"}"#))
  }

  @Test("redirects are not followed")
  func redirects() async throws {
    let result = try await Outside.withService { await $0.ask("/redirect").value }
    #expect(result?["status"] == 302)
    #expect(result?["headers"]?["location"] == "/json")
  }

  @Test("the timeout bounds the whole attempt", arguments: ["/hang", "/drip"])
  func timeouts(path: String) async throws {
    try await Outside.withService { outside in
      let clock = ContinuousClock()
      let start = clock.now
      let result = await outside.ask(path, timeout: .milliseconds(200))
      #expect(result == .failed(code: "timeout", message: "not done within 0.2 seconds"))
      #expect(clock.now - start < .seconds(25))
    }
  }

  @Test("a runner that stops leaves an attempt whose effect is unknown, as a timeout does")
  func stopping() async throws {
    try await Outside.withService { outside in
      let attempt = Task { await outside.ask("/drip") }
      try await Task.sleep(for: .milliseconds(50))
      attempt.cancel()
      #expect(await attempt.value == .failed(code: "timeout", message: "the runner was stopped before it was done"))
    }
  }

  @Test("a timeout of ages is none")
  func longTimeouts() async throws {
    let result = try await Outside.withService { await $0.ask("/json", timeout: .seconds(Int64.max)) }
    #expect(result.value?["status"] == 200)
  }

  @Test("a broken connection and a closed door are the code network")
  func network() async throws {
    try await Outside.withService { outside in
      #expect(await outside.ask("/close").code == "network")
      #expect(await outside.perform("http", ["url": "http://127.0.0.1:1/"]).code == "network")
    }
  }

  @Test("an answer that cannot be kept is the code output", arguments: ["/big", "/latin1", "/half-json", "/packed"])
  func unkeepable(path: String) async throws {
    let result = try await Outside.withService { await $0.ask(path) }
    #expect(result.code == "output")
  }

  @Test(
    "a request that cannot be sent is the code config",
    arguments: [
      ["url": "file:///etc/passwd"], ["url": "http://"], [:], ["method": "CONNECT"], ["method": "GET / HTTP/1.1\r\nX"],
      ["headers": ["X-A": "b\r\nX-C: d"]], ["headers": ["X A": "b"]],
      ["headers": ["X-A": "b\0"]], ["body": .double(.nan)],
    ] as [ValueMap])
  func config(with: ValueMap) async throws {
    try await Outside.withService { outside in
      let base: ValueMap = with.isEmpty || with["url"] != nil ? [:] : ["url": .string(outside.url + "/json")]
      #expect(await outside.perform("http", base.merging(with)).code == "config")
    }
  }

  @Test("a job of another kind is not performed")
  func otherKind() async throws {
    let result = try await Outside.withService { await $0.perform("mail", [:]) }
    #expect(result == .failed(code: "config", message: "nothing performs 'uses: mail' here"))
  }
}
