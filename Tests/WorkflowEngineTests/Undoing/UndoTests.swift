import CEL
import Testing
import WorkflowEngine

@Suite("undo")
struct UndoTests {
  /// Books a flight and a hotel, then waits for somebody.
  private func trip(_ last: Step = .task("pack", then: "done"), end: EndStep = EndStep(outcome: "gone")) throws -> Bench
  {
    var bench = Bench([
      Self.booking("flight", then: "hotel"), Self.booking("hotel", then: last.id), last,
      Step(id: "done", kind: .end(end)),
    ])
    try bench.start()
    try succeed(&bench, "flight")
    try succeed(&bench, "hotel")
    return bench
  }

  private static func booking(_ id: StepID, then: StepID) -> Step {
    .service(id, then: then) { service in
      service.parameters = [Parameter(name: "method", value: .literal("PUT"))]
      let number = Template(parts: [.formula(formula("result.body.id"))])
      service.undo = Undo(
        uses: "http", parameters: [Parameter(name: "booking", value: .template(number))])
    }
  }

  private func job(_ bench: Bench) -> Owed.Job? {
    bench.state.owed.compactMap { if case .job(let job) = $0 { job } else { nil } }.first
  }

  private func succeed(_ bench: inout Bench, _ step: StepID) throws {
    let job = try #require(self.job(bench))
    #expect(job.step == step)
    try bench.take(
      .jobDone(
        step: job.step, visit: job.visit, attempt: job.attempt, result: ["status": 200, "body": ["id": .string(step)]]),
      by: "system:dispatcher")
  }

  private func fail(_ bench: inout Bench) throws {
    let job = try #require(self.job(bench))
    try bench.take(
      .jobFailed(step: job.step, visit: job.visit, attempt: job.attempt, code: "exit.2", message: "no"),
      by: "system:dispatcher")
  }

  @Test("cancelling takes finished visits back, newest first, one after the other")
  func cancelled() throws {
    var bench = try trip()
    try bench.take(.cancel(reason: "ill"), by: "olga")
    #expect(bench.state.status == .waiting)
    #expect(bench.waiting == ["hotel"])
    #expect(job(bench)?.request["booking"] == "hotel")
    try succeed(&bench, "hotel")
    #expect(job(bench)?.request["booking"] == "flight")
    try succeed(&bench, "flight")
    #expect(bench.state.status == .cancelled)
    #expect(bench.entries.last?.event == .cancelled(by: "olga", reason: "ill"))
  }

  @Test("a visit that is taken back is a visit of its own, so its idempotency key is new")
  func key() throws {
    var bench = try trip()
    try bench.take(.cancel(reason: nil), by: "olga")
    #expect(job(bench)?.id == "sample-1.hotel.2")
  }

  @Test("an end with 'undo' takes everything back before the instance has its outcome")
  func end() throws {
    var bench = try trip(end: EndStep(outcome: "gone", undo: true))
    try bench.take(.complete(step: "pack", visit: nil, outcome: nil, result: .null))
    #expect(bench.state.outcome == nil)
    try succeed(&bench, "hotel")
    try succeed(&bench, "flight")
    #expect(bench.state.status == .completed)
    #expect(bench.state.outcome == "gone")
  }

  @Test("an end without 'undo' takes nothing back")
  func keeps() throws {
    var bench = try trip()
    try bench.take(.complete(step: "pack", visit: nil, outcome: nil, result: .null))
    #expect(bench.state.outcome == "gone")
    #expect(bench.state.owed.isEmpty)
  }

  @Test("what did not finish is not taken back; its late result moves nothing")
  func unfinished() throws {
    var bench = try trip(Self.booking("car", then: "done"))
    try bench.take(.cancel(reason: nil), by: "olga")
    let events = try bench.take(
      .jobDone(step: "car", visit: 1, attempt: 1, result: ["status": 200, "body": ["id": "car"]]), by: "system:x")
    #expect(events == [.late(job: "sample-1.car.1", outcome: "done")])
    #expect(bench.waiting == ["hotel"])
  }

  @Test("what cannot be taken back waits for an operator, who retries or skips it")
  func incident() throws {
    var bench = try trip()
    try bench.take(.cancel(reason: nil), by: "olga")
    try fail(&bench)
    #expect(bench.incident?.code == "exit.2")
    #expect(refusal { try bench.take(.cancel(reason: nil), by: "olga") } == .conflict)
    try bench.take(.retry(step: nil, reason: nil), by: "olga")
    try fail(&bench)
    try bench.take(.skip(step: nil, outcome: nil, result: nil, reason: "refunded by phone"), by: "olga")
    try succeed(&bench, "flight")
    #expect(bench.state.status == .cancelled)
  }

  @Test("each item that finished is taken back")
  func items() throws {
    var bench = Bench([
      Self.booking("seat", then: "pack").with { $0.each = Each(list: formula("[1, 2]")) }, .task("pack"),
      .end("done"),
    ])
    try bench.start()
    try succeed(&bench, "seat")
    try succeed(&bench, "seat")
    try bench.take(.cancel(reason: nil), by: "olga")
    #expect(bench.state.undos.map(\.visit) == [2, 3])
    #expect(bench.state.visits.map(\.undoes) == [3])
  }

  @Test("an undo that cannot be resolved is an incident when its visit finishes, not when it is needed")
  func unresolvable() throws {
    var bench = Bench([Self.booking("flight", then: "done"), .end("done")])
    try bench.start()
    try bench.take(.jobDone(step: "flight", visit: 1, attempt: 1, result: ["status": 200]), by: "system:x")
    #expect(bench.incident?.code == "expression")
  }
}
