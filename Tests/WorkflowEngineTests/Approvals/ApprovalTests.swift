import CEL
import Testing
import WorkflowEngine

@Suite("Approvals")
struct ApprovalTests {
  private func bench(_ levels: ApprovalStep.Level..., then: [Outcome: StepID]? = nil) throws -> Bench {
    let then = then ?? ["approved": "yes", "rejected": "no"]
    var bench = Bench([
      Step(id: "ok", kind: .approval(ApprovalStep(levels: levels)), then: then), .end("yes", "approved"),
      .end("no", "rejected"), .task("revise", then: "ok"),
    ])
    try bench.start()
    return bench
  }

  @Test("one approval is enough where nothing else is required")
  func anyApproves() throws {
    var bench = try bench(.level("ok", [.role("finance")]))
    try bench.approve(by: "erik")
    #expect(bench.state.outcome == "approved")
    #expect(bench.state.status == .completed)
  }

  @Test("one rejection rejects, and needs a reason")
  func anyRejects() throws {
    var bench = try bench(.level("ok", [.role("finance")]) { $0.require = .all })
    #expect(refusal { try bench.take(.decide(Command.Decide(.reject)), by: "erik") } == .invalid)
    try bench.reject(by: "erik")
    #expect(bench.state.outcome == "rejected")
  }

  @Test("'reject-when: impossible' rejects only when approval cannot be reached any more")
  func rejectsWhenImpossible() throws {
    var bench = try bench(
      .level("ok", [.role("finance"), .role("manager")]) {
        $0.require = .count(2)
        $0.rejectWhen = .impossible
      })
    try bench.reject(by: "erik")
    try bench.reject(by: "frida")
    #expect(bench.state.status == .waiting)
    try bench.reject(by: "bob")
    #expect(bench.state.outcome == "rejected")
  }

  @Test(
    "a requirement is met by the right number of people and no earlier",
    arguments: [
      (ApprovalStep.Requirement.count(1), 1), (.count(3), 3), (.percentage(50), 2), (.percentage(51), 3),
      (.percentage(1), 1), (.all, 4),
    ] as [(ApprovalStep.Requirement, Int)])
  func requirements(_ requirement: ApprovalStep.Requirement, _ needed: Int) throws {
    var bench = try bench(.level("ok", [.role("finance"), .role("manager")]) { $0.require = requirement })
    for (index, person) in ["erik", "frida", "bob", "carl"].prefix(needed).enumerated() {
      #expect(bench.state.status == .waiting, "after \(index)")
      try bench.approve(by: person)
    }
    #expect(bench.state.outcome == "approved")
  }

  @Test("'each-group' wants one decision per selector, and one person may serve several")
  func eachGroup() throws {
    var bench = try bench(
      .level("ok", [.role("finance"), .role("manager"), .person("bob")]) { $0.require = .eachGroup })
    try bench.approve(by: "bob")
    #expect(bench.state.status == .waiting)
    try bench.approve(by: "frida")
    #expect(bench.state.outcome == "approved")
  }

  @Test("levels open in order; a level whose condition is false is passed over")
  func levelsInOrder() throws {
    var bench = try bench(
      .level("manager", [.managerOf(.initiator)]), .level("big", [.role("manager")]) { $0.when = formula("false") },
      .level("finance", [.role("finance")]))
    #expect(bench.approval()?.levelName == "manager")
    #expect(refusal { try bench.approve(by: "erik") } == .notAllowed)
    try bench.approve(by: "bob")
    #expect(bench.approval()?.levelName == "finance")
    try bench.approve(by: "erik")
    #expect(bench.state.outcome == "approved")
    #expect(bench.entries.contains { $0.event == .levelSkipped(step: "ok", visit: 1, level: "big") })
  }

  @Test("when no level is needed the outcome is not_needed, never approved")
  func notNeeded() throws {
    let bench = try bench(
      .level("ok", [.role("finance")]) { $0.when = formula("false") },
      then: ["approved": "yes", "rejected": "no", "not_needed": "no"])
    #expect(bench.state.outcome == "rejected")
    #expect(bench.state.results["ok"]?.outcome == "not_needed")
  }

  @Test("a level whose condition cannot be evaluated is blocked")
  func erringCondition() throws {
    let bench = try bench(.level("ok", [.role("finance")]) { $0.when = formula("input.nothing > 1") })
    #expect(bench.incident?.code == "expression")
    #expect(bench.state.status == .failed)
  }

  // MARK: Separation of duties

  @Test("the initiator may not decide, whatever selects them")
  func initiatorIsExcluded() throws {
    var bench = Bench([.approval(.level("ok", [.role("manager")])), .end("yes"), .end("no")])
    try bench.start(by: "bob")
    #expect(bench.approval()?.pool.map(\.person) == ["carl"])
    #expect(refusal { try bench.approve(by: "bob") } == .notAllowed)
  }

  @Test("a loosened separation is written in the file")
  func loosened() throws {
    var bench = Bench([
      .approval(.level("ok", [.role("manager")]) { $0.separation.allowsInitiator = true }), .end("yes", "ok"),
      .end("no"),
    ])
    try bench.start(by: "bob")
    try bench.approve(by: "bob")
    #expect(bench.state.outcome == "ok")
  }

  @Test("whom the decision is about may not decide")
  func aboutIsExcluded() throws {
    let bench = try bench(.level("ok", [.role("finance")]) { $0.about = formula("'erik'") })
    #expect(bench.approval()?.pool.map(\.person) == ["frida"])
    #expect(bench.approval()?.excluded.map(\.person) == ["anna", "erik"])
  }

  @Test("who decided at an earlier level may not decide at a later one")
  func earlierLevelsAreExcluded() throws {
    var bench = try bench(.level("one", [.role("manager")]), .level("two", [.role("manager"), .role("finance")]))
    try bench.approve(by: "bob")
    #expect(bench.approval()?.pool.map(\.person) == ["carl", "erik", "frida"])
    #expect(refusal { try bench.approve(by: "bob") } == .notAllowed)
  }

  @Test("an empty pool, or one too small, is blocked: never passed, rejected or lowered")
  func blocked() throws {
    let empty = try bench(.level("ok", [.person("anna")]))
    #expect(empty.incident?.code == "nobody")
    let small = try bench(.level("ok", [.role("finance")]) { $0.require = .count(3) })
    #expect(small.incident?.code == "nobody")
    #expect(small.state.status == .failed)
  }

  // MARK: Stale and closed

  @Test("a decision on facts that have changed since is stale")
  func staleDigest() throws {
    var bench = try bench(.level("ok", [.role("finance")]))
    let decide = Command.Decide(.approve, digest: "of something else")
    #expect(refusal { try bench.take(.decide(decide), by: "erik") } == .stale)
    let nonce = Command.Decide(.approve, nonce: "of another request")
    #expect(refusal { try bench.take(.decide(nonce), by: "erik") } == .stale)
  }

  @Test("a decision after closing is refused as closed")
  func closed() throws {
    var bench = try bench(.level("ok", [.role("finance")]))
    try bench.approve(by: "erik")
    #expect(refusal { try bench.approve(by: "frida") } == .closed)
  }

  @Test("one human decides once at a level")
  func onlyOnce() throws {
    var bench = try bench(.level("ok", [.role("finance")]) { $0.require = .all })
    try bench.approve(by: "erik")
    #expect(refusal { try bench.approve(by: "erik") } == .conflict)
  }

  @Test("'return' ends the visit; coming back opens a new one with nothing carried over")
  func returned() throws {
    var bench = try bench(
      .level("one", [.role("manager")]), .level("two", [.role("finance")]),
      then: ["approved": "yes", "rejected": "no", "returned": "revise"])
    try bench.approve(by: "bob")
    try bench.take(.decide(Command.Decide(.sendBack, reason: "the receipt is missing")), by: "erik")
    #expect(bench.waiting == ["revise"])
    try bench.take(.complete(step: nil, visit: nil, outcome: nil, result: .null))
    #expect(bench.approval()?.levelName == "one")
    #expect(bench.state.visits.first?.number == 2)
    #expect(bench.approval()?.earlier.isEmpty == true)
  }

  @Test("who left the role after being asked cannot decide any more")
  func leftTheRole() throws {
    var bench = try bench(.level("ok", [.role("finance")]))
    bench.people.people["erik"]?.roles = []
    #expect(refusal { try bench.approve(by: "erik") } == .notAllowed)
    try bench.approve(by: "frida")
    #expect(bench.state.outcome == "approved")
  }

  // MARK: Delegation and absence

  @Test("a seat is lent, used by the delegate with both names kept, and cannot be used twice")
  func delegation() throws {
    var bench = try bench(.level("ok", [.managerOf(.initiator)]))
    #expect(refusal { try bench.take(.delegate(step: nil, to: "erik", seat: nil), by: "bob") } == .notAllowed)
    try bench.take(.delegate(step: nil, to: "dora", seat: nil), by: "bob")
    #expect(refusal { try bench.approve(by: "bob") } == .notAllowed)
    try bench.approve(by: "dora")
    let decided = bench.entries.compactMap { if case .decided(let decided) = $0.event { decided } else { nil } }
    #expect(decided.map(\.by) == ["dora"])
    #expect(decided.map(\.actingFor) == ["bob"])
  }

  @Test("a lent seat can be taken back until it is used")
  func takenBack() throws {
    var bench = try bench(.level("ok", [.managerOf(.initiator)]))
    try bench.take(.delegate(step: nil, to: "dora", seat: nil), by: "bob")
    try bench.take(.delegate(step: nil, to: nil, seat: "bob"), by: "bob")
    #expect(refusal { try bench.approve(by: "dora") } == .notAllowed)
    try bench.approve(by: "bob")
    #expect(bench.state.outcome == "approved")
  }

  @Test("nobody lends a seat to someone who is excluded")
  func excludedDelegate() throws {
    var bench = try bench(.level("ok", [.managerOf(.initiator)]) { $0.delegates = .anyone })
    #expect(refusal { try bench.take(.delegate(step: nil, to: "anna", seat: nil), by: "bob") } == .notAllowed)
  }

  @Test("deputies decide while the person is absent, and only then")
  func absence() throws {
    var bench = try bench(.level("ok", [.managerOf(.initiator)]))
    #expect(refusal { try bench.approve(by: "dora") } == .notAllowed)
    let today = CivilDate(iso: "2026-11-23")!
    bench.people.people["bob"]?.absences = [Person.Absence(from: today, to: today)]
    try bench.approve(by: "dora")
    #expect(bench.state.outcome == "approved")
  }

  @Test("a level may want a stronger proof of who decides")
  func assurance() throws {
    var bench = try bench(.level("ok", [.role("finance")]) { $0.assurance = .key })
    #expect(refusal { try bench.approve(by: "erik") } == .notAllowed)
    let key = SigningKey(text: "ssh-ed25519 A", fingerprint: "SHA256:e")
    bench.people.people["erik"]?.keys = [key]
    let approve = Command.Action.decide(Command.Decide(.approve))
    #expect(refusal { try bench.take(approve, by: "erik", assurance: .key) } == .notAllowed)
    #expect(refusal { try bench.take(approve, by: "frida", assurance: .key, key: "SHA256:e") } == .notAllowed)
    #expect(refusal { try bench.take(approve, by: "erik", assurance: .forge, key: "SHA256:e") } == .notAllowed)
    #expect(refusal { try bench.take(approve, by: "erik", assurance: .key, key: "SHA256:f") } == .notAllowed)
    try bench.take(approve, by: "erik", assurance: .key, key: "SHA256:e")
    #expect(bench.state.outcome == "approved")
  }

  @Test("what a key signed counts no more when the key is revoked, and its person decides anew with another")
  func revokedKey() throws {
    var bench = try bench(
      .level("ok", [.role("finance")]) {
        $0.assurance = .key
        $0.require = .all
      })
    var key = SigningKey(text: "ssh-ed25519 A", fingerprint: "SHA256:e")
    bench.people.people["erik"]?.keys = [key]
    bench.people.people["frida"]?.keys = [SigningKey(text: "ssh-ed25519 B", fingerprint: "SHA256:f")]
    let approve = Command.Action.decide(Command.Decide(.approve))
    try bench.take(approve, by: "erik", assurance: .key, key: "SHA256:e")
    key.isRevoked = true
    bench.people.people["erik"]?.keys = [key, SigningKey(text: "ssh-ed25519 C", fingerprint: "SHA256:c")]
    try bench.take(approve, by: "frida", assurance: .key, key: "SHA256:f")
    #expect(bench.state.status == .waiting)
    try bench.take(approve, by: "erik", assurance: .key, key: "SHA256:c")
    #expect(bench.state.outcome == "approved")
  }

  @Test("the initiator withdraws; without a target that cancels the instance")
  func withdrawn() throws {
    var bench = try bench(.level("ok", [.role("finance")]))
    #expect(refusal { try bench.take(.withdraw(step: nil, reason: nil), by: "erik") } == .notAllowed)
    try bench.take(.withdraw(step: nil, reason: "bought elsewhere"))
    #expect(bench.state.status == .cancelled)
  }
}

@Suite("The time of an approval")
struct ApprovalTimeTests {
  @Test("'expires' bounds the step: a later level does not start it anew")
  func expiresOnce() throws {
    let levels: [ApprovalStep.Level] = [.level("one", [.role("manager")]), .level("two", [.role("finance")])]
    var bench = Bench([
      Step(
        id: "ok", kind: .approval(ApprovalStep(levels: levels)),
        then: ["approved": "yes", "rejected": "no", "expired": "no"]
      )
      .with { $0.expires = .elapsed(.seconds(3_600)) }, .end("yes"), .end("no", "expired"),
    ])
    try bench.start()
    try bench.later(.seconds(3_000))
    try bench.approve(by: "bob")
    #expect(bench.approval()?.levelName == "two")
    try bench.later(.seconds(601))
    #expect(bench.state.outcome == "expired")
  }

  @Test("'return' is refused where the file names no way back")
  func noWayBack() throws {
    var bench = Bench([.approval(.level("ok", [.role("finance")])), .end("yes"), .end("no")])
    try bench.start()
    #expect(refusal { try bench.take(.decide(Command.Decide(.sendBack, reason: "x")), by: "erik") } == .invalid)
  }
}
