import CEL
import Testing
import WorkflowEngine

/// What nothing proves: an author that anybody can write into a commit.
@Suite("Hearsay at a level that wants proof")
struct HearsayTests {
  private func bench(_ assurance: Assurance?) throws -> Bench {
    var level = ApprovalStep.Level(name: "ok", approvers: [.role("manager")])
    level.assurance = assurance
    var bench = Bench([.approval(level), .end("yes"), .end("no")])
    try bench.start()
    try bench.take(.ask("Which hotel?", of: nil, step: nil, visit: nil), by: "bob")
    return bench
  }

  private static let acts: [(PersonID, Command.Action)] = [
    ("carl", .ask("Why?", of: "dora", step: nil, visit: nil)),
    ("anna", .answer("The Adler", question: nil, step: nil, visit: nil)),
    ("bob", .delegate(step: nil, to: "dora", seat: nil)), ("olga", .reopen(step: nil, reason: "again")),
    ("anna", .withdraw(step: nil, reason: "bought elsewhere")),
  ]

  @Test(
    "nobody's word is taken for a question, an answer, a seat that is lent, a reopening or a withdrawal",
    arguments: acts.indices)
  func refused(_ index: Int) throws {
    let (person, act) = Self.acts[index]
    for wanted in [Assurance.session, .forge, .key] {
      var bench = try bench(wanted)
      #expect(refusal { try bench.take(act, by: person, assurance: .unverified) } == .notAllowed)
      try bench.take(act, by: person, assurance: .session)
    }
    for wanted in [nil, Assurance.unverified] {
      var bench = try bench(wanted)
      try bench.take(act, by: person, assurance: .unverified)
    }
  }

  @Test("what was written about an earlier visit withdraws and reopens no later one")
  func earlierVisit() throws {
    var bench = try bench(nil)
    try bench.take(.reopen(step: "ok", visit: 1, reason: "again"), by: "olga")
    #expect(refusal { try bench.take(.withdraw(step: "ok", visit: 1, reason: "late"), by: "anna") } == .closed)
    #expect(refusal { try bench.take(.reopen(step: "ok", visit: 1, reason: "late"), by: "olga") } == .closed)
    try bench.take(.withdraw(step: "ok", visit: 2, reason: "now"), by: "anna")
  }

  @Test(
    "'about' that turns out to name no person blocks the level: else it would keep nobody out",
    arguments: ["null", "['bob']", "{'id': 'bob'}"])
  func aboutNobody(_ about: String) throws {
    var level = ApprovalStep.Level(name: "ok", approvers: [.role("manager")])
    level.about = formula(about)
    var bench = Bench([.approval(level), .end("yes"), .end("no")])
    try bench.start()
    #expect(bench.incident?.message == "about: `\(about)` names no person")
  }
}
