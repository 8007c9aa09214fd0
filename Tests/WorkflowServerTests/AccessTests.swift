import CEL
import HTTPTypes
import Testing
import WorkflowRunner
import WorkflowServer

@Suite("Who may ask, and from where")
struct AccessTests {
  @Test("only loopback names are answered", arguments: ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""])
  func strangeHost(host: String) async throws {
    let server = Server(runner: try await Scene.make(), options: ServerOptions(token: "t", person: "ines"))
    let status = try await server.status(.get, "/", authority: host)
    #expect(status == 421)
  }

  @Test("loopback names are answered", arguments: ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
  func ownHost(host: String) async throws {
    let server = Server(runner: try await Scene.make(), options: ServerOptions(token: "t", person: "ines"))
    #expect(try await server.status(.get, "/livez", authority: host) == 200)
  }

  @Test("a form of another site's page is refused and changes nothing")
  func crossSite() async throws {
    let runner = try await Scene.make()
    let browser = Client(runner, as: "tomas", by: .stranger)
    let form = "amount=1&category=other"
    for headers in [
      [("Origin", "http://evil.example")], [("Origin", "null")], [("Sec-Fetch-Site", "cross-site")],
      [("Sec-Fetch-Site", "same-site")], [("Origin", "http://localhost"), ("Sec-Fetch-Site", "cross-site")],
      [("Origin", "http://localhost:9")], [],
    ] {
      let answer = try await browser.submit("/workflows/expense-approval/start", form, headers: headers)
      #expect(answer.status == 403, "\(headers)")
    }
    #expect(runner.snapshot.nextNumber == 1)
  }

  @Test("a form of the server's own page is taken")
  func sameOrigin() async throws {
    let runner = try await Scene.make()
    let browser = Client(runner, as: "tomas", by: .stranger)
    for headers in [
      [("Origin", "http://localhost")], [("Sec-Fetch-Site", "same-origin")],
      [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")],
    ] {
      let answer = try await browser.submit(
        "/workflows/expense-approval/start", "amount=1&category=other", headers: headers)
      #expect(answer.status == 303)
    }
    #expect(runner.snapshot.nextNumber == 4)
  }

  @Test("a wrong token is refused, whatever it names")
  func wrongToken() async throws {
    let client = Client(try await Scene.make(), by: .stranger)
    for token in ["", "a-token-of-test", "another-token-12"] {
      let answer = try await client.get(
        "/api/instances", headers: [("Authorization", "Bearer \(token)"), ("Writ-Person", "ines")])
      #expect(answer.status == 401)
      #expect(answer.json["code"] == "token")
    }
  }

  @Test("the token acts only for people of people.yaml")
  func unknownPerson() async throws {
    let answer = try await Client(try await Scene.make(), as: "mallory").get("/api/instances")
    #expect(answer.status == 403)
    #expect(answer.json["code"] == "not-allowed")
  }

  @Test("a keyboard that people.yaml does not know may look at workflows, sees no instance and changes nothing")
  func nobody() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let nobody = Client(runner, as: "nobody", by: .browser)
    #expect(try await nobody.get("/").status == 200)
    #expect(try await nobody.get("/workflows/expense-approval").status == 200)
    #expect(try await nobody.get("/instances/\(number)").status == 404)
    #expect(try await nobody.submit("/workflows/expense-approval/start", "amount=1&category=other").status == 403)
  }

  @Test(
    "every answer carries the safety headers",
    arguments: ["/", "/api/instances", "/assets/writ.css", "/nothing", "/api/nothing"])
  func headers(address: String) async throws {
    let answer = try await Client(try await Scene.make()).get(address)
    let policy = try #require(answer.headers[.contentSecurityPolicy])
    #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
    #expect(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"))
    #expect(answer.headers[.xContentTypeOptions] == "nosniff")
    #expect(answer.headers[HTTPField.Name("Referrer-Policy")!] == "same-origin")
    #expect(answer.headers[.accessControlAllowOrigin] == nil)
  }

  @Test("no page has a script or a style within it")
  func nothingInline() async throws {
    let runner = try await Scene.make()
    let number = try await Client(runner, as: "tomas").start()
    let client = Client(runner)
    for address in [
      "/", "/inbox", "/inbox/expense-approval-\(number).approval.1", "/workflows/expense-approval", "/instances",
      "/instances/\(number)", "/deployments",
    ] {
      let text = try await client.get(address).text
      #expect(text.contains("<main"))
      #expect(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick="), "\(address)")
      #expect(
        text.components(of: "<script").count == 2 && text.contains("src=\"/assets/page.js\"></script>"), "\(address)")
    }
  }
}

extension String {
  func components(of separator: String) -> [Substring] { split(separator: separator, omittingEmptySubsequences: false) }
}
