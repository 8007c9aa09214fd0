import CEL
import Testing
import WorkflowEngine

@Suite("Asking before deciding")
struct QuestionTests {
  private func bench(_ change: (inout ApprovalStep.Level) -> Void = { _ in }) throws -> Bench {
    var bench = Bench([
      .approval(
        .level("ok", [.role("manager")], change), then: ["approved": "yes", "rejected": "no", "expired": "no"]),
      .end("yes", "approved"), .end("no", "rejected"),
    ])
    bench.notify = "mail"
    try bench.start()
    return bench
  }

  private func ask(_ text: String = "Which hotel?", of person: PersonID? = nil) -> Command.Action {
    .ask(text, of: person, step: nil, visit: nil)
  }

  private func answer(_ text: String = "The Adler", _ question: Int? = nil) -> Command.Action {
    .answer(text, question: question, step: nil, visit: nil)
  }

  @Test("a question goes to the initiator where nobody is named, who answers, and both stay with the visit")
  func askAndAnswer() throws {
    var bench = try bench()
    try bench.take(ask(), by: "bob")
    #expect(bench.state.visits[0].questioned == ["anna"])
    #expect(bench.state.deliveries.last?.to == ["anna"])
    #expect(bench.state.deliveries.last?.body.contains("Which hotel?") == true)
    try bench.take(answer(), by: "anna")
    #expect(bench.state.deliveries.last?.to == ["bob"])
    #expect(bench.state.visits[0].questioned == [])
    let question = try #require(bench.approval()?.questions.first)
    #expect(question.text == "Which hotel?" && question.answer?.text == "The Adler")
    try bench.approve(by: "bob")
    #expect(bench.state.outcome == "approved")
  }

  @Test("the clock of the approval goes on: due, escalation and expiry do not wait for an answer")
  func clock() throws {
    var bench = Bench([
      Step(
        id: "ok", kind: .approval(ApprovalStep(levels: [.level("ok", [.role("manager")])])),
        then: ["approved": "yes", "rejected": "no", "expired": "late"]
      ).with { $0.expires = .elapsed(.seconds(3_600)) },
      .end("yes"), .end("no"), .end("late", "late"),
    ])
    try bench.start()
    let before = bench.state.visits[0]
    try bench.take(ask(), by: "bob")
    #expect(bench.state.visits[0].timers == before.timers && bench.state.visits[0].since == before.since)
    try bench.later(.seconds(3_600))
    #expect(bench.state.outcome == "late")
    #expect(refusal { try bench.take(answer(), by: "anna") } == .closed)
  }

  @Test("a decision does not wait for the answer")
  func decideUnanswered() throws {
    var bench = try bench()
    try bench.take(ask(), by: "bob")
    try bench.approve(by: "carl")
    #expect(bench.state.outcome == "approved")
  }

  @Test("only who holds a seat asks; an empty question, one to oneself and one to nobody are refused")
  func refusedQuestions() throws {
    var bench = try bench()
    #expect(refusal { try bench.take(ask(), by: "erik") } == .notAllowed)
    #expect(refusal { try bench.take(ask(), by: "anna") } == .notAllowed)
    #expect(refusal { try bench.take(ask("  "), by: "bob") } == .invalid)
    #expect(refusal { try bench.take(ask(of: "bob"), by: "bob") } == .invalid)
    #expect(refusal { try bench.take(ask(of: "zoe"), by: "bob") } == .invalid)
    #expect(refusal { try bench.take(ask(String(repeating: "?", count: 4_001)), by: "bob") } == .invalid)
  }

  @Test("only who was asked answers, once; where several questions wait, the answer names its own")
  func refusedAnswers() throws {
    var bench = try bench()
    #expect(refusal { try bench.take(answer(), by: "anna") } == .notAllowed)
    try bench.take(ask(), by: "bob")
    #expect(refusal { try bench.take(answer(), by: "carl") } == .notAllowed)
    try bench.take(ask("And when?"), by: "carl")
    #expect(refusal { try bench.take(answer(), by: "anna") } == .ambiguous)
    #expect(refusal { try bench.take(answer("x", 3), by: "anna") } == .notFound)
    try bench.take(answer("In May", 2), by: "anna")
    #expect(refusal { try bench.take(answer("In June", 2), by: "anna") } == .closed)
    try bench.take(answer(), by: "anna")
    #expect(bench.approval()?.questions.map { $0.answer?.text } == ["The Adler", "In May"])
  }

  @Test("whoever is asked may see the instance; whoever covers an absence may answer")
  func sight() throws {
    var bench = try bench()
    let policy = { (bench: Bench) in bench.context.policy }
    #expect(!policy(bench).mayView(bench.state, bench.workflow, "frida"))
    try bench.take(ask(of: "frida"), by: "bob")
    #expect(policy(bench).mayView(bench.state, bench.workflow, "frida"))
    let today = CivilDate(iso: "2026-11-23")!
    bench.people.people["frida"]?.absences = [Person.Absence(from: today, to: today, cover: "erik")]
    try bench.take(answer(), by: "erik")
    #expect(bench.approval()?.questions[0].answer?.by == "erik")
  }

  @Test("later levels of the visit see the questions; a new visit begins without any")
  func visits() throws {
    var bench = Bench([
      .approval(.level("first", [.role("manager")]), .level("second", [.role("finance")])), .end("yes"), .end("no"),
    ])
    try bench.start()
    try bench.take(ask(), by: "bob")
    try bench.approve(by: "bob")
    #expect(bench.approval()?.levelName == "second" && bench.approval()?.questions.count == 1)
    try bench.take(.reopen(step: "ok", reason: "again"), by: "olga")
    #expect(bench.approval()?.questions.isEmpty == true)
  }
}
