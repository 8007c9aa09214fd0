import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Requests as files to fill in by hand")
struct InboxTests {
  static let request: InboxRequest = {
    let instance = InstanceExample.instance
    return InboxRequest(instance.visits[0], of: instance, for: "carol", repository: "r-1")!
  }()

  static let text = String(decoding: request.bytes(), as: UTF8.self)

  @Test("a request tells what to do, what is asked and what is bound")
  func golden() {
    let expected = """
      # Expense approval: expense-approval-42 asks carol for a decision (manager_approval).
      #
      # Write one of these words after 'decision:' and commit the file:
      #
      #     approve    you agree
      #     reject     you do not agree
      #     return     it goes back to be changed
      #     ask        you want to know something first: write the question after 'reason:'
      #
      # What you write after 'reason:' is kept for ever. The address that you commit with says who you are.

      decision:
      reason:

      # What you decide on.
      shown:
        Amount: "2500"
        Days: 3
      requested by: alice
      asked since: 2026-11-22T10:00:00.123Z
      due: 2026-11-23T10:00:00.000Z
      asked:
        - bob, because manager-of:initiator; lent to carol
        - dora, because role:director and escalation
      excluded:
        - alice, because initiator
      rule:
        - one approval is enough
        - rejected when approval has become impossible
        - a decision must be signed with the person's own key or better

      # Leave this as it is: it says what exactly you decided on.
      binding:
        repository: r-1
        instance: expense-approval-42
        step: manager_approval
        visit: 1
        level: manager
        definition: "9f86"
        shown: ab12
        nonce: n1
        person: carol

      """
    #expect(Self.text == expected)
    #expect(Self.request.binding.path == "expense-approval-42.manager_approval.1.manager/carol.yaml")
  }

  @Test("an untouched request is open")
  func untouched() {
    #expect(InboxReader.read(Array(Self.text.utf8)) == .open(Self.request.binding))
  }

  private static func filled(_ decision: String, _ reason: String = "reason:") -> [UInt8] {
    Array(Self.text.replacing("decision:\nreason:", with: "\(decision)\n\(reason)").utf8)
  }

  @Test(
    "what people mean is taken kindly",
    arguments: [
      ("decision: approve", Decision.Verdict.approve), ("decision: Approve   ", .approve),
      ("decision:\tapproved", .approve),
      ("Decision: APPROVE!", .approve), ("decision: 'approve'", .approve), ("decision: approve\u{A0}", .approve),
      ("decision:approve", .approve), ("decision: reject.", .reject), ("decision: rejected # sorry", .reject),
      ("decision: return", .sendBack), ("decision: `return`", .sendBack), ("decision: approve\r", .approve),
    ])
  func kind(line: String, verdict: Decision.Verdict) {
    let reading = InboxReader.read(Self.filled(line))
    #expect(reading == .decision(InboxDecision(binding: Self.request.binding, verdict: verdict, reason: nil)))
  }

  @Test(
    "a reason is taken as it was written",
    arguments: [
      ("reason: fine", "fine"), ("reason: too much: ask again", "too much: ask again"), ("reason: see #12", "see #12"),
      ("reason: \"we agreed\" last week", "\"we agreed\" last week"), ("reason: - no", "- no"),
      ("reason: |\n  two\n  lines", "two\nlines"), ("reason: it's fine", "it's fine"), ("reason: [x", "[x"),
    ])
  func reason(line: String, reason: String) {
    let reading = InboxReader.read(Self.filled("decision: approve", line))
    #expect(reading == .decision(InboxDecision(binding: Self.request.binding, verdict: .approve, reason: reason)))
  }

  @Test(
    "what is not clear is answered with the words to write",
    arguments: [
      (
        "decision: yes", "'yes' is none of the words approve, reject and return",
        "if that is what you mean, write 'decision: approve'"
      ),
      (
        "decision: aprove", "'aprove' is none of the words approve, reject and return",
        "if that is what you mean, write 'decision: approve'"
      ),
      (
        "decision: maybe later", "'maybe later' is none of the words approve, reject and return",
        "write 'decision: approve', 'decision: reject' or 'decision: return'"
      ),
      (
        "decision: [approve]", "'decision:' is not one word",
        "write 'decision: approve', 'decision: reject' or 'decision: return'"
      ),
      (
        "", "the line 'decision:' is gone", "write 'decision: approve', 'decision: reject' or 'decision: return'"
      ),
    ])
  func unclear(line: String, problem: String, remedy: String) {
    let answer = InboxAnswer(problem: problem, remedy: remedy)
    #expect(InboxReader.read(Self.filled(line)) == .unclear(answer, Self.request.binding))
  }

  @Test("a reason without a decision, a broken binding and no YAML at all are answered")
  func broken() {
    guard case .unclear(let reasonOnly, _) = InboxReader.read(Self.filled("decision:", "reason: fine")) else {
      Issue.record("a reason without a decision was taken")
      return
    }
    #expect(reasonOnly.problem == "there is a reason but no decision")
    let unbound = Array(Self.text.replacing("  visit: 1\n", with: "").utf8)
    guard case .unclear(let answer, nil) = InboxReader.read(unbound) else {
      Issue.record("a broken binding was taken")
      return
    }
    #expect(answer.problem == "the part under 'binding:' is not as it was")
    guard case .unclear = InboxReader.read(Array("<<<<<<< HEAD\n{".utf8)) else {
      Issue.record("a conflict was taken")
      return
    }
  }

  @Test("an answer stands on top as a comment, and the file below it is as new")
  func answered() {
    let rejection = Rejection(.notAllowed, "eve may not decide here", hint: "ask bob\nor dora to decide")
    let bytes = Self.request.bytes(answering: InboxAnswer(rejection, asked: ["carol", "dora"]))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(
      text.hasPrefix(
        """
        # NOT COUNTED. What you wrote here changed nothing:
        # - eve may not decide here
        # - asked: carol, dora
        # - ask bob or dora to decide
        #
        # Expense approval:
        """))
    #expect(InboxReader.read(bytes) == .open(Self.request.binding))
  }

  @Test("a decision becomes a command bound to what was shown")
  func command() {
    let decision = InboxDecision(binding: Self.request.binding, verdict: .reject, reason: "no")
    #expect(
      decision.command
        == Command.Decide(
          step: "manager_approval", visit: 1, level: "manager", .reject, reason: "no", digest: "ab12", nonce: "n1"))
  }

  @Test("hostile files are answered, never a crash", arguments: 0..<200)
  func hostile(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes = Self.filled("decision: approve", "reason: because")
    random.damage(&bytes)
    _ = InboxReader.read(bytes)
  }
}
