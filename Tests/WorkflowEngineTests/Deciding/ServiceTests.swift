import CEL
import Testing
import WorkflowEngine

@Suite("Services")
struct ServiceTests {
  private func job(_ bench: Bench) -> Owed.Job? {
    bench.state.owed.compactMap { if case .job(let job) = $0 { job } else { nil } }.first
  }

  private func fail(_ bench: inout Bench, _ code: String) throws {
    let attempt = job(bench)?.attempt ?? 1
    try bench.take(
      .jobFailed(step: "pay", visit: 1, attempt: attempt, code: code, message: "it failed"), by: "system:dispatcher")
  }

  @Test("a job is owed until its result comes; the result is narrowed to the declared output")
  func done() throws {
    var bench = Bench([
      .service("pay") {
        $0.output = try? Schema(["type": "object", "properties": ["reference": ["type": "string"]]])
      }.with { $0.set = [Assignment("ref", formula("result.reference"))] }, .end(),
    ])
    try bench.start()
    #expect(job(bench)?.id == "sample-1.pay.1")
    #expect(job(bench)?.attempt == 1)
    try bench.take(
      .jobDone(step: "pay", visit: 1, attempt: 1, result: ["status": 200, "body": ["reference": "R7", "noise": 1]]),
      by: "system:dispatcher")
    #expect(bench.state.vars == ["ref": "R7"])
    #expect(bench.state.results["pay"]?.output == ["reference": "R7"])
    #expect(bench.state.owed.isEmpty)
  }

  @Test("a job that is open when the runner ends is handed out again; after the tenth time a person looks at it first")
  func redelivery() throws {
    var bench = Bench([.service("pay"), .end()])
    try bench.start()
    for _ in 0..<9 { try bench.take(.redeliver, by: "system:dispatcher") }
    #expect(job(bench)?.id == "sample-1.pay.1" && job(bench)?.attempt == 1 && bench.state.status == .waiting)
    try bench.take(.redeliver, by: "system:dispatcher")
    #expect(job(bench) == nil && bench.state.visit("pay", 1)?.incident?.code == "redelivered")
    let events = bench.state.events
    try bench.take(.redeliver, by: "system:dispatcher")
    #expect(bench.state.events == events)
    try bench.take(.retry(step: "pay", reason: "it was something else"), by: "olga")
    for _ in 0..<9 { try bench.take(.redeliver, by: "system:dispatcher") }
    #expect(job(bench) != nil)
  }

  @Test("what waits for its next attempt was not under way")
  func redeliveryBeforeRetry() throws {
    var bench = Bench([.service("pay") { $0.retry.attempts = 3 }, .end()])
    try bench.start()
    try fail(&bench, "http.503")
    let events = bench.state.events
    try bench.take(.redeliver, by: "system:dispatcher")
    #expect(bench.state.events == events)
  }

  @Test("a failed attempt is tried again with growing pauses, then becomes an incident")
  func retries() throws {
    var bench = Bench([.service("pay") { $0.retry.attempts = 3 }, .end()])
    try bench.start()
    try fail(&bench, "http.503")
    #expect(job(bench)?.notBefore == bench.now.adding(.seconds(1)))
    #expect(job(bench)?.id == "sample-1.pay.1")
    try fail(&bench, "timeout")
    #expect(job(bench)?.notBefore == bench.now.adding(.seconds(2)))
    try fail(&bench, "network")
    #expect(bench.incident?.code == "network")
    #expect(job(bench) == nil)
  }

  @Test("a code that no retry names goes to the first matching 'on-error'")
  func onError() throws {
    var bench = Bench([
      Step.service("pay").with {
        $0.onError = [
          ErrorRoute(code: "http.404", then: "none"), ErrorRoute(code: "http.400", then: "bad"),
          ErrorRoute(then: "other"),
        ]
      }, .end(), .end("none"), .end("bad", "bad"), .end("other"),
    ])
    try bench.start()
    try fail(&bench, "http.400")
    #expect(bench.state.outcome == "bad")
  }

  @Test("a POST of unknown effect is retried only when it is idempotent", arguments: [false, true])
  func unknownEffect(_ idempotent: Bool) throws {
    var bench = Bench([
      .service("pay") {
        $0.parameters = [Parameter(name: "method", value: .literal("POST"))]
        $0.idempotent = idempotent
      }, .end(),
    ])
    try bench.start()
    try fail(&bench, "timeout")
    #expect((bench.incident != nil) == !idempotent)
  }

  @Test("a result that nobody waits for is recorded as late and moves nothing")
  func late() throws {
    var bench = Bench([.service("pay"), .end()])
    try bench.start()
    try bench.take(.jobDone(step: "pay", visit: 1, attempt: 1, result: [:]), by: "system:dispatcher")
    let before = bench.state.status
    try bench.take(.jobDone(step: "pay", visit: 1, attempt: 1, result: [:]), by: "system:dispatcher")
    #expect(bench.entries.last?.event == .late(job: "sample-1.pay.1", outcome: "done"))
    #expect(bench.state.status == before)
  }

  @Test("an operator retries an incident, or skips it with an outcome and a reason")
  func operating() throws {
    var bench = Bench([.service("pay") { $0.retry.attempts = 1 }, .end()])
    try bench.start()
    try fail(&bench, "http.500")
    #expect(refusal { try bench.take(.retry(step: nil, reason: nil), by: "anna") } == .notAllowed)
    try bench.take(.retry(step: nil, reason: "the bank is back"), by: "olga")
    #expect(job(bench)?.attempt == 2)
    try fail(&bench, "http.500")
    #expect(
      refusal { try bench.take(.skip(step: nil, outcome: nil, result: nil, reason: " "), by: "olga") } == .invalid)
    try bench.take(.skip(step: nil, outcome: "done", result: ["by": "hand"], reason: "paid by hand"), by: "olga")
    #expect(bench.state.status == .completed)
  }

  @Test("an approval is never skipped")
  func noWayAround() throws {
    var bench = Bench([.approval(.level("ok", [.person("anna")])), .end("yes"), .end("no")])
    try bench.start()
    #expect(bench.incident != nil)
    let skip = Command.Action.skip(step: "ok", outcome: "approved", result: nil, reason: "in a hurry")
    #expect(refusal { try bench.take(skip, by: "olga") } == .notAllowed)
  }

  @Test("secrets stand as markers in the request, and values put into addresses are encoded")
  func requests() throws {
    let with: [Parameter] = [
      Parameter(
        name: "url", value: .template(Template(parts: [.text("https://x.example/"), .formula(formula("input.name"))]))),
      Parameter(
        name: "headers",
        value: .map([
          Parameter(
            name: "auth", value: .template(Template(parts: [.text("Bearer "), .formula(formula("secrets.TOKEN"))])))
        ])),
      Parameter(
        name: "body",
        value: .map([Parameter(name: "n", value: .template(Template(parts: [.formula(formula("1 + 1"))])))])),
    ]
    var bench = Bench([.service("pay") { $0.parameters = with }, .end()]) {
      $0.input = try? Schema(["type": "object", "properties": ["name": ["type": "string"]]])
    }
    try bench.start(["name": "a b/c?"])
    let request = job(bench)?.request
    #expect(request?["url"] == "https://x.example/a%20b%2Fc%3F")
    #expect(request?["headers"]?["auth"] == ["$parts": ["Bearer ", ["$secret": "TOKEN"], ""]])
    #expect(request?["body"] == ["n": 2])
  }
}
