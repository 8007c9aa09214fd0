import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Asking, answering, withdrawing and reopening by file")
struct InboxRemarkTests {
  private static let request = InboxTests.request

  private static func filled(_ decision: String, _ reason: String = "reason:") -> InboxReading {
    InboxReader.read(
      Array(InboxTests.text.replacing("decision:\nreason:", with: "\(decision)\n\(reason)").utf8))
  }

  @Test(
    "words that decide nothing become what they mean",
    arguments: [
      ("decision: ask", InboxRemark.Act.ask(nil)), ("decision: Ask tomas", .ask("tomas")),
      ("decision: ask tomas?", .ask("tomas")), ("decision: withdraw", .withdraw), ("decision: reopen!", .reopen),
    ])
  func words(line: String, act: InboxRemark.Act) {
    let reading = Self.filled(line, "reason: Which hotel: #2 or #3?")
    #expect(
      reading == .remark(InboxRemark(binding: Self.request.binding, act: act, text: "Which hotel: #2 or #3?")))
  }

  private static let question: InboxQuestion = {
    let instance = InstanceExample.instance
    let question = Question(
      number: 1, level: "manager", by: "carol", to: "alice", text: "Which hotel?",
      at: InstanceExample.instance.startedAt)
    return InboxQuestion(question, at: instance.visits[0], of: instance, repository: "r-1")!
  }()

  @Test("a question is a file of whom it asks, and what follows 'answer:' is the answer, whatever is in it")
  func answer() {
    let text = String(decoding: Self.question.bytes(), as: UTF8.self)
    #expect(Self.question.binding.path == "expense-approval-42.manager_approval.1.manager.q1/alice.yaml")
    #expect(text.contains("question: \"Which hotel?\"\nasked by: carol\n"))
    #expect(InboxReader.read(Array(text.utf8)) == .open(Self.question.binding))
    for answer in ["The Adler", "no: it is #3", "\"quoted\" and more"] {
      let reading = InboxReader.read(Array(text.replacing("answer:\n", with: "answer: \(answer)\n").utf8))
      #expect(reading == .remark(InboxRemark(binding: Self.question.binding, act: .answer, text: answer)))
    }
    let gone = InboxReader.read(Array(text.replacing("answer:\n", with: "").utf8))
    guard case .unclear(let words, _) = gone else { return #expect(Bool(false), "\(gone)") }
    #expect(words.problem == "the line 'answer:' is gone")
  }

  @Test("the request tells what was asked and answered")
  func told() {
    var request = Self.request
    request.approval.questions = [
      Question(
        number: 1, level: "manager", by: "carol", to: "alice", text: "Which hotel?", at: request.visit.since,
        answer: Question.Answer(by: "alice", text: "The Adler", at: request.visit.since))
    ]
    let text = String(decoding: request.bytes(), as: UTF8.self)
    #expect(text.contains("questions:\n  - \"carol asked alice: Which hotel? alice answered: The Adler\"\n"))
  }
}
