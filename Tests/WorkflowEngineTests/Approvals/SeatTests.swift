import CEL
import Testing
import WorkflowEngine

/// What becomes of an open level when people change while it waits.
@Suite("Seats of an open level")
struct SeatTests {
  private func bench(_ change: (inout ApprovalStep.Level) -> Void = { _ in }) throws -> Bench {
    var bench = Bench([
      .approval(.level("ok", [.role("finance"), .role("manager")], change)), .end("yes", "approved"),
      .end("no", "rejected"),
    ])
    try bench.start()
    return bench
  }

  @Test("'all' is everybody still in the pool: who left the role is not waited for")
  func allOfThoseLeft() throws {
    var bench = try bench { $0.require = .all }
    for person in ["erik", "bob", "carl"] { try bench.approve(by: person) }
    #expect(bench.state.status == .waiting)
    bench.people.people["frida"]?.roles = []
    let events = try bench.later(.seconds(1))
    #expect(events.first == .unseated(step: "ok", visit: 1, people: ["frida"]))
    #expect(bench.state.outcome == "approved")
  }

  @Test("a lawful decision made before leaving the role stands")
  func decisionStands() throws {
    var bench = try bench { $0.require = .count(2) }
    try bench.approve(by: "erik")
    bench.people.people["erik"]?.roles = []
    try bench.approve(by: "bob")
    #expect(bench.state.outcome == "approved")
  }

  @Test("the decision of a revoked person does not stand, and its seat is gone")
  func revoked() throws {
    var bench = try bench { $0.require = .count(2) }
    try bench.approve(by: "erik")
    bench.people.people["erik"]?.isRevoked = true
    try bench.approve(by: "bob")
    #expect(bench.state.status == .waiting)
    #expect(bench.approval()?.pool.map(\.person) == ["frida", "bob", "carl"])
    try bench.approve(by: "carl")
    #expect(bench.state.outcome == "approved")
  }

  @Test("a number that the people left cannot reach blocks: never passed, rejected or lowered")
  func blockedByPeople() throws {
    var bench = try bench { $0.require = .count(3) }
    try bench.approve(by: "bob")
    for person in ["erik", "frida"] { bench.people.people[person]?.roles = [] }
    try bench.later(.seconds(1))
    #expect(bench.incident?.code == "nobody")
    #expect(refusal { try bench.approve(by: "carl") } == .conflict)
  }

  @Test("an operator reopens a blocked level: a new visit with the people of then, nothing carried over")
  func reopened() throws {
    var bench = try bench { $0.require = .count(3) }
    try bench.approve(by: "bob")
    let roles = bench.people.people["erik"]?.roles ?? []
    for person in ["erik", "frida"] { bench.people.people[person]?.roles = [] }
    try bench.later(.seconds(1))
    bench.people.people["frida"]?.roles = roles
    try bench.take(.retry(step: nil, reason: "Frida is back"), by: "olga")
    #expect(bench.state.visits.first?.number == 2)
    #expect(bench.approval()?.decisions.isEmpty == true)
    for person in ["frida", "bob", "carl"] { try bench.approve(by: person) }
    #expect(bench.state.outcome == "approved")
  }

  @Test("an approval that a state holds loses seats as any other")
  func heldByState() throws {
    let held = ApprovalStep(levels: [.level("review", [.role("finance")]) { $0.require = .all }])
    var bench = Bench([
      Step(
        id: "review",
        kind: .state(
          StateStep(
            moves: [StateStep.Move(name: "stop", by: [.role("owner")], form: nil, when: nil, set: [], then: "over")],
            approval: held)),
        then: ["approved": "good", "rejected": "over"]),
      .end("good", "approved"), .end("over"),
    ])
    try bench.start()
    try bench.approve(by: "erik")
    bench.people.people["frida"]?.roles = []
    let events = try bench.later(.seconds(1))
    #expect(events.first == .unseated(step: "review", visit: 1, people: ["frida"]))
    #expect(bench.state.outcome == "approved")
  }

  @Test("new holders of a role do not join an open level")
  func newHolders() throws {
    var bench = try bench()
    bench.people.people["dora"]?.roles.append("finance")
    #expect(refusal { try bench.approve(by: "dora") } == .notAllowed)
  }

  @Test("whom an escalation added keeps the seat without being selected")
  func added() throws {
    var bench = try bench {
      $0.escalate = [Escalation(after: .elapsed(.seconds(60)), action: .add([.person("olga")]))]
    }
    try bench.later(.seconds(61))
    try bench.later(.seconds(1))
    #expect(bench.approval()?.pool.map(\.person).contains("olga") == true)
    try bench.approve(by: "olga")
    #expect(bench.state.outcome == "approved")
  }

  @Test("where the file allows no delegation, absence lends no seat either")
  func noCover() throws {
    var bench = try bench { $0.delegates = .none }
    let today = CivilDate(iso: "2026-11-23")!
    bench.people.people["bob"]?.absences = [Person.Absence(from: today, to: today)]
    #expect(refusal { try bench.approve(by: "dora") } == .notAllowed)
  }

  @Test("a seat is lent on at most three times, and never in a circle")
  func hops() throws {
    var bench = try bench { $0.delegates = .anyone }
    func lend(_ from: PersonID, _ to: PersonID) -> Rejection.Code? {
      refusal { try bench.take(.delegate(step: nil, to: to, seat: "bob"), by: from) }
    }
    #expect(lend("bob", "dora") == nil)
    #expect(lend("dora", "bob") == .conflict)
    #expect(lend("dora", "olga") == nil)
    #expect(lend("olga", "dora") == .conflict)
    #expect(lend("olga", "gina") == .invalid)
    #expect(lend("olga", "frida") == nil)
    #expect(lend("frida", "carl") == .conflict)
  }

  @Test(
    "absence covers from its first to its last day, both included",
    arguments: [(-1, false), (0, true), (2, true), (3, false)])
  func coverByDate(_ day: Int, _ isCovered: Bool) throws {
    var bench = try bench()
    let first = CivilDate(iso: "2026-11-24")!
    bench.people.people["bob"]?.absences = [Person.Absence(from: first, to: first.adding(days: 2))]
    bench.now = bench.now.adding(.seconds(86_400 * (day + 1)))
    #expect((refusal { try bench.approve(by: "dora") } == nil) == isCovered)
  }
}
