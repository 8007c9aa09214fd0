import CEL
import Testing
import WorkflowEngine
import WorkflowReports

@Suite("The audit of an instance")
struct AuditTests {
  private let at = Timestamp(rfc3339: "2026-11-23T09:00:00Z")!

  /// Anna asks for 2,500; Bob and Carl are asked; Dora decides in Bob's place.
  private func entries(outcome: Outcome? = "approved") -> [Entry] {
    var lent = Seat(person: "bob", because: ["role:manager"])
    lent.lentTo = ["dora"]
    var events: [Event] = [
      .started(
        Started(
          instance: InstanceID(name: "purchase", number: 7), workflow: "team/purchase", version: 3, definition: "abc",
          title: "Lamp", by: "anna", input: ["amount": "2500.00"], vars: [:], step: "ok", due: nil, timers: [])),
      .entered(step: "ok", visit: 1, token: 1),
      .levelOpened(
        LevelOpened(
          step: "ok", visit: 1, level: 0, name: "ok", shown: [Shown(label: "Pieces", value: 2)], digest: "d1",
          nonce: "n", pool: [lent, Seat(person: "carl", because: ["role:manager"])],
          excluded: [Exclusion(person: "anna", because: "started purchase-7")],
          rule: ApprovalRule(needed: .count(1), rejectWhen: .any, delegates: .deputies, assurance: nil), due: nil,
          timers: [])),
      .decided(
        Decided(
          step: "ok", visit: 1, level: "ok", verdict: .approve, by: "dora", actingFor: "bob", reason: "=1+1",
          assurance: .session, evidence: "e")),
    ]
    if let outcome { events.append(.levelClosed(step: "ok", visit: 1, level: "ok", outcome: outcome)) }
    return events.enumerated().map { Entry(number: $0.offset + 1, at: at, event: $0.element) }
  }

  @Test("a decision carries who was asked and why, who was excluded, the rule, and what became of the level")
  func basis() throws {
    let decision = try #require(AuditedDecision.all(in: entries()).first)
    #expect(decision.decided.by == "dora")
    #expect(decision.because == ["role:manager"])
    #expect(decision.pool.map(\.person) == ["bob", "carl"])
    #expect(decision.excluded.map(\.person) == ["anna"])
    #expect(decision.level == "approved")
    #expect(decision.value["level_outcome"]?.stringValue == "approved")
    #expect(decision.value["acting_for"]?.stringValue == "bob")
    #expect(decision.value["shown"]?["Pieces"] == 2)
    #expect(decision.row.count == AuditedDecision.columns.count)
  }

  @Test("a level that is still open has no outcome, and its column is absent in JSON")
  func open() throws {
    let decision = try #require(AuditedDecision.all(in: entries(outcome: nil)).first)
    #expect(decision.level == nil)
    #expect(decision.value["level_outcome"] == nil)
  }

  private static func filter(_ change: (inout AuditFilter) -> Void) -> AuditFilter {
    var filter = AuditFilter()
    change(&filter)
    return filter
  }

  @Test(
    "a filter admits by person, workflow, day and number",
    arguments: [
      ("dora", true, filter { $0.person = "dora" }), ("in whose place", true, filter { $0.person = "bob" }),
      ("only asked", false, filter { $0.person = "carl" }), ("path", true, filter { $0.workflow = "team/purchase" }),
      ("last part", true, filter { $0.workflow = "purchase" }),
      ("end of a name", false, filter { $0.workflow = "chase" }),
      ("first day", true, filter { $0.from = CivilDate(iso: "2026-11-23") }),
      ("too early", false, filter { $0.from = CivilDate(iso: "2026-11-24") }),
      ("last day", true, filter { $0.to = CivilDate(iso: "2026-11-23") }),
      ("too late", false, filter { $0.to = CivilDate(iso: "2026-11-22") }),
      ("input as text", true, filter { $0.bounds = [.init(.atLeast, "amount=2500")!] }),
      ("input too large", false, filter { $0.bounds = [.init(.atMost, "amount=2499.99")!] }),
      ("shown", true, filter { $0.bounds = [.init(.atLeast, "Pieces=2")!, .init(.atMost, "Pieces=2")!] }),
      ("no such number", false, filter { $0.bounds = [.init(.atLeast, "price=0")!] }),
    ] as [(String, Bool, AuditFilter)])
  func filters(_ name: String, _ isAdmitted: Bool, _ filter: AuditFilter) throws {
    let decision = try #require(AuditedDecision.all(in: entries()).first)
    #expect(filter.admits(decision) == isAdmitted, "\(name)")
  }

  @Test("a bound names a field and a number", arguments: ["amount", "=5", "amount=", "amount=much"])
  func badBound(_ text: String) {
    #expect(AuditFilter.Bound(.atLeast, text) == nil)
  }

  @Test("CSV quotes by RFC 4180, and no text becomes a formula")
  func csv() {
    #expect(CSVText.line(["a", "b,c", "say \"x\"", "two\nlines"]) == "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\"\r\n")
    #expect(CSVText.line(["=1+1", "@x", "-2"]) == "'=1+1,'@x,'-2\r\n")
  }
}
