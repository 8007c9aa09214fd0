import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Messages of the record's commits")
struct CommitMessageTests {
  private static let id = InstanceID(name: "expense-approval", number: 42)

  private static func entries(_ events: [Event]) -> [Entry] {
    events.enumerated().map { Entry(number: $0 + 1, at: EventExamples.at, event: $1) }
  }

  private static let approved = Event.decided(
    Decided(
      step: "manager_approval", visit: 1, level: "manager", verdict: .approve, by: "alice", actingFor: nil,
      reason: "SECRET", assurance: .key, evidence: nil))

  @Test("one instance: what somebody did there")
  func single() {
    let entries = Self.entries([
      Self.approved,
      .levelClosed(step: "manager_approval", visit: 1, level: "manager", outcome: "approved"),
      .left(Left(step: "manager_approval", visit: 1, token: 1, outcome: "approved", output: .null, to: "pay")),
      .entered(step: "pay", visit: 1, token: 1),
    ])
    let subject = CommitMessage.subject([(Self.id, entries)])
    #expect(subject == "expense-approval-42: manager_approval approved by alice")
  }

  @Test("many instances: how much")
  func many() {
    let one = Self.entries([Self.approved])
    let changes = (1...19).map { (InstanceID(name: "a", number: $0), one) }
    #expect(CommitMessage.subject(changes) == "19 transitions in 19 instances")
    #expect(CommitMessage.subject([], deploying: "4b825dc642cb6eb9") == "deployed 4b825dc642cb")
    #expect(CommitMessage.subject([]) == "bookkeeping")
  }

  @Test("headlines carry no values, reasons or messages", arguments: 0..<100)
  func discreet(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for event in EventExamples.all.map(\.0) + [random.event()] {
      #expect(!event.headline.contains("SECRET"))
    }
    for secret in ["2500", "no receipt", "gave up", "Service Unavailable", "try later", "On its way", "bank is back"] {
      for (event, _) in EventExamples.all { #expect(!event.headline.contains(secret)) }
    }
  }

  @Test("trailers read back; other commits are not ours")
  func trailers() {
    let message = CommitMessage(subject: "x-1: y", sequence: 107, term: 3, deployed: "4b825dc6")
    #expect(message.text == "x-1: y\n\nWrit-Sequence: 107\nWrit-Term: 3\nWrit-Deployed: 4b825dc6\n")
    #expect(CommitMessage(message.text) == message)
    let first = CommitMessage(subject: "x", sequence: 1, term: 1, deployed: nil)
    #expect(CommitMessage(first.text) == first)
    for other in [
      "", "x", "x\n\nWrit-Sequence: 1\n", "x\n\nWrit-Sequence: one\nWrit-Term: 1\n",
      "x\n\nWrit-Sequence: 01\nWrit-Term: 1\n",
      "x\n\nWrit-Sequence: 1\nWrit-Term: 1\nSigned-off-by: x\n",
    ] { #expect(CommitMessage(other) == nil) }
  }

  @Test("a subject stays one line whatever the handles hold")
  func oneLine() {
    let event = Event.started(
      Started(
        instance: Self.id, workflow: "w", version: 1, definition: "", title: "", by: "a\n\nWrit-Sequence: 9",
        input: [:],
        vars: [:], step: "s", due: nil, timers: []))
    let subject = CommitMessage.subject([(Self.id, Self.entries([event]))])
    #expect(!subject.contains("\n"))
  }
}
