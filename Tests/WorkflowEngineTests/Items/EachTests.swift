import CEL
import Testing
import WorkflowEngine

@Suite("each")
struct EachTests {
  /// A task for each of three people, whose names are the items.
  private func asking(
    _ change: (inout Step) -> Void = { _ in }, list: String = "['anna', 'bob', 'carl']"
  ) -> Bench {
    var step = Step.task("ask", [.formula(formula("[item]"))])
    step.each = Each(list: formula(list))
    change(&step)
    return Bench([step, .end("done", "all")])
  }

  private func answer(_ bench: inout Bench, as person: PersonID) throws {
    try bench.take(.complete(step: "ask", visit: nil, outcome: nil, result: .null), by: person)
  }

  private func outcomes(_ bench: Bench, _ step: StepID = "ask") -> [String] {
    bench.state.results[step]?.output.listValue?.compactMap { $0["outcome"]?.stringValue } ?? []
  }

  @Test("the step is visited once per item, with 'item' in its expressions")
  func visits() throws {
    var bench = asking()
    try bench.start()
    #expect(bench.state.visits.map(\.asked) == [["anna"], ["bob"], ["carl"]])
    #expect(bench.state.counts["ask"] == 4)
  }

  @Test("the output is a list in item order of item, outcome, output and by")
  func output() throws {
    var bench = asking()
    try bench.start()
    for person in ["carl", "anna", "bob"] { try answer(&bench, as: person) }
    #expect(bench.state.outcome == "all")
    let rows = try #require(bench.state.results["ask"]?.output.listValue)
    #expect(rows.map { $0["item"]?.stringValue } == ["anna", "bob", "carl"])
    #expect(rows.map { $0["by"]?.stringValue } == ["anna", "bob", "carl"])
    #expect(bench.state.results["ask"]?.outcome == "done")
  }

  @Test("the list is fixed at entry")
  func fixed() throws {
    var bench = asking(list: "vars.names")
    bench.workflow.variables = [Variable(name: "names", value: formula("['anna', 'bob']"))]
    bench.workflow.steps[0].set = [Assignment("names", formula("[]"))]
    bench.workflow.index()
    try bench.start()
    try answer(&bench, as: "anna")
    #expect(bench.state.visits.map(\.asked) == [["bob"]])
  }

  @Test("'set' runs once, at the end, with the list as its result")
  func set() throws {
    var bench = asking { $0.set = [Assignment("n", formula("vars.n + size(result)"))] }
    bench.workflow.variables = [Variable(name: "n", value: formula("0"))]
    try bench.start()
    for person in ["anna", "bob"] { try answer(&bench, as: person) }
    #expect(bench.state.vars["n"] == 0)
    try answer(&bench, as: "carl")
    #expect(bench.state.vars["n"] == 3)
  }

  @Test("an empty list is done, with an empty output")
  func empty() throws {
    var bench = asking(list: "[]")
    try bench.start()
    #expect(bench.state.outcome == "all")
    #expect(bench.state.results["ask"]?.output == .list([]))
  }

  @Test("more than a thousand items, or no list, is an incident")
  func tooMany() throws {
    var bench = asking(list: "input.names")
    bench.workflow.input = try Schema(["type": "object", "properties": ["names": [:]]])
    try bench.start(["names": .list((0...1_000).map { .int($0) })])
    #expect(bench.incident?.code == "too-many")
    var other = asking(list: "input.names")
    other.workflow.input = bench.workflow.input
    try other.start(["names": 3])
    #expect(other.incident?.code == "expression")
  }

  @Test("a thousand items are taken in one command, whatever they do")
  func thousand() throws {
    var bench = Bench([
      Step(
        id: "all",
        kind: .approval(ApprovalStep(levels: [.level("ok", [.role("finance")]) { $0.when = formula("false") }])),
        then: ["done": "done"]
      ).with { $0.each = Each(list: formula("input.n")) }, .end("done", "all"),
    ])
    bench.workflow.input = try Schema(["type": "object", "properties": ["n": [:]]])
    try bench.start(["n": .list((0..<1_000).map { .int($0) })])
    #expect(bench.state.outcome == "all")
    #expect(Set(outcomes(bench, "all")) == ["not_needed"])
    #expect(bench.state.frames.isEmpty)
  }

  @Test("'max-parallel' bounds how many items are open; the next follows when one has ended")
  func maxParallel() throws {
    var bench = asking { $0.each?.maxParallel = 2 }
    try bench.start()
    #expect(bench.state.visits.flatMap(\.asked) == ["anna", "bob"])
    try answer(&bench, as: "bob")
    #expect(bench.state.visits.flatMap(\.asked) == ["anna", "carl"])
  }

  @Test("'until' is asked after each item, and true cancels the rest")
  func until() throws {
    var bench = asking { $0.each?.until = formula("output.exists(o, o.by == 'bob')") }
    try bench.start()
    try answer(&bench, as: "carl")
    #expect(bench.state.visits.count == 2)
    try answer(&bench, as: "bob")
    #expect(bench.state.outcome == "all")
    #expect(outcomes(bench) == ["cancelled", "done", "done"])
    let gone = bench.entries.compactMap { if case .gathered(_, _, _, _, let gone) = $0.event { gone } else { nil } }
    #expect(gone == [[VisitID(step: "ask", visit: 2)]])
  }

  @Test("an 'until' that cannot be evaluated is an incident at the item, never false")
  func untilFails() throws {
    var bench = asking { $0.each?.until = formula("output[7].by == 'x'") }
    try bench.start()
    try answer(&bench, as: "anna")
    #expect(bench.incident?.code == "expression")
    #expect(bench.state.visits.count == 3)
  }

  private func calling(_ change: (inout Step) -> Void = { _ in }) throws -> Bench {
    let step = Step.service("pay") { $0.retry.attempts = 1 }
      .with {
        $0.each = Each(list: formula("[1, 2]"))
        change(&$0)
      }
    var bench = Bench([step, .end("done", "all"), .end("failed", "failed")])
    try bench.start()
    return bench
  }

  private func fail(_ bench: inout Bench, _ visit: Int) throws {
    try bench.take(.jobFailed(step: "pay", visit: visit, attempt: 1, code: "http.500", message: "no"), by: "system:x")
  }

  private func succeed(_ bench: inout Bench, _ visit: Int) throws {
    try bench.take(.jobDone(step: "pay", visit: visit, attempt: 1, result: ["id": 7]), by: "system:x")
  }

  @Test("a failed item is an incident while the others go on; an operator deals with the items of a step alike")
  func failedItem() throws {
    var bench = try calling()
    try fail(&bench, 2)
    #expect(bench.state.status == .waiting)
    try fail(&bench, 3)
    #expect(bench.state.status == .failed)
    try bench.take(.retry(step: nil, reason: nil), by: "olga")
    #expect(bench.incident == nil)
    #expect(bench.state.owed.count == 2)
  }

  @Test("an item is skipped with an outcome of its own")
  func skip() throws {
    var bench = try calling()
    try fail(&bench, 2)
    try bench.take(.skip(step: "pay", outcome: nil, result: ["id": 1], reason: "paid by hand"), by: "olga")
    try succeed(&bench, 3)
    let rows = bench.state.results["pay"]?.output.listValue ?? []
    #expect(rows.map { $0["output"]?["id"] } == [1, 7])
    #expect(rows.first?["by"]?.stringValue == "olga")
  }

  @Test("'failures: keep' records 'failed' instead")
  func keep() throws {
    var bench = try calling { $0.each?.keepsFailures = true }
    try fail(&bench, 2)
    try succeed(&bench, 3)
    #expect(outcomes(bench, "pay") == ["failed", "done"])
    #expect(bench.state.results["pay"]?.output.listValue?.first?["output"]?["code"]?.stringValue == "http.500")
    #expect(bench.state.outcome == "all")
  }

  @Test("an error that the step has a route for leaves it as a whole")
  func errorRoute() throws {
    var bench = try calling { $0.onError = [ErrorRoute(then: "failed")] }
    try fail(&bench, 2)
    #expect(bench.state.outcome == "failed")
    #expect(bench.state.visits.isEmpty)
  }

  @Test("'expires' is per item")
  func expires() throws {
    var bench = asking {
      $0.expires = .elapsed(.seconds(3_600))
      $0.each?.maxParallel = 1
    }
    try bench.start()
    try answer(&bench, as: "anna")
    try bench.later(.seconds(3_600))
    #expect(bench.state.visits.flatMap(\.asked) == ["carl"])
    try bench.later(.seconds(3_600))
    #expect(outcomes(bench) == ["done", "expired", "expired"])
  }

  @Test("each item is a visit: a cycle of them is stopped at a thousand")
  func runaway() throws {
    var bench = Bench([
      Step(
        id: "all",
        kind: .approval(ApprovalStep(levels: [.level("ok", [.role("finance")]) { $0.when = formula("false") }])),
        then: ["done": "all"]
      ).with { $0.each = Each(list: formula("input.n")) }
    ])
    bench.workflow.input = try Schema(["type": "object", "properties": ["n": [:]]])
    try bench.start(["n": .list((0..<600).map { .int($0) })])
    #expect(bench.incident?.code == "runaway")
  }

  @Test("who did an item is known to 'done-by'")
  func doneBy() throws {
    var bench = Bench([
      .task("ask", [.formula(formula("[item]"))], then: "ok").with {
        $0.each = Each(list: formula("['anna', 'erik']"))
      },
      .approval(.level("ok", [.role("finance")]) { $0.exclude = [.doneBy("ask")] }, then: ["approved": "yes"]),
      .end("yes", "yes"),
    ])
    try bench.start()
    for person in ["anna", "erik"] { try answer(&bench, as: person) }
    #expect(bench.approval()?.pool.map(\.person) == ["frida"])
  }

  @Test("an item's decimals are decimals")
  func typed() throws {
    var bench = Bench([
      Step.task("ask").with {
        $0.each = Each(list: formula("input.lines"))
        $0.set = [Assignment("sum", formula("result.map(r, r.item.amount).sum()"))]
      }, .end("done", "all"),
    ])
    bench.workflow.input = try Schema([
      "type": "object",
      "properties": [
        "lines": [
          "type": "array",
          "items": [
            "type": "object", "required": ["amount"],
            "properties": ["amount": ["type": "string", "format": "decimal"]],
          ],
        ]
      ], "required": ["lines"],
    ])
    bench.workflow.variables = [Variable(name: "sum", value: formula("decimal('0')"))]
    try bench.start(["lines": [["amount": "1.10"], ["amount": "2.20"]]])
    for visit in 2...3 { try bench.take(.complete(step: "ask", visit: visit, outcome: nil, result: .null)) }
    #expect(bench.state.vars["sum"] == "3.3")
  }
}
