import CEL
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("The file of an approval, for people")
struct ApprovalViewTests {
  private static let entries: [Entry] = {
    var entries = InstanceExample.entries
    let later: [Event] = [
      EventExamples.people[3].0,
      .levelClosed(step: "manager_approval", visit: 1, level: "manager", outcome: "returned"),
      .left(Left(step: "manager_approval", visit: 1, token: 1, outcome: "returned", output: .null, to: "revise")),
      .entered(step: "manager_approval", visit: 2, token: 1),
    ]
    for event in later { entries.append(Entry(number: entries.count + 1, at: EventExamples.later, event: event)) }
    return entries
  }()

  @Test("it tells who was asked and why, who was not, what was shown, who decided how and what came of it")
  func golden() {
    let bytes = ApprovalView.render(
      step: "manager_approval", visit: 1, of: InstanceExample.instance, from: Self.entries)
    let text = """
      format: 1
      approval: expense-approval-42.manager_approval.1
      title: Expense approval
      workflow: finance/expense-approval version 7
      requested by: alice
      outcome: returned
      levels:
        manager:
          opened: 2026-11-22T10:00:00.123Z
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
          shown:
            Amount: "2500"
            Days: 3
          digest of what was shown: ab12
          outcome: returned
          closed: 2026-11-23T10:00:00.000Z
          decisions:
            - "carol returned in the place of bob at 2026-11-23T10:00:00.000Z, signed with the person's own key; \
      evidence e6: no receipt"
      what happened:
        - "2026-11-22T10:00:00.123Z Reached 'manager_approval'"
        - "2026-11-22T10:00:00.123Z The level 'manager' of 'manager_approval' asks carol for bob and dora; excluded: \
      alice (initiator); due 2026-11-23T10:00:00Z"
        - "2026-11-23T10:00:00.000Z carol returned the level 'manager' of 'manager_approval' in the place of bob: no \
      receipt"
        - "2026-11-23T10:00:00.000Z The level 'manager' of 'manager_approval' was returned"
        - "2026-11-23T10:00:00.000Z 'manager_approval' ended as 'returned'"

      """
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test("it is YAML whatever people write", arguments: 0..<30)
  func isYAML(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var entries = Self.entries
    for _ in 0..<20 {
      guard case .levelOpened(var opened) = EventExamples.people[1].0 else { return }
      opened.name = random.pick(["manager", "finance"])
      opened.pool = [random.seat(), random.seat()]
      opened.shown = [Shown(label: random.text(), value: random.value())]
      entries.append(Entry(number: 9, at: EventExamples.at, event: .levelOpened(opened)))
      entries.append(
        Entry(
          number: 10, at: EventExamples.at,
          event: .retried(step: "manager_approval", visit: 1, by: random.text(), reason: random.text())))
    }
    let bytes = ApprovalView.render(step: "manager_approval", visit: 1, of: InstanceExample.instance, from: entries)
    let findings = YAMLReader.read(bytes, file: "a.yaml").findings.filter { !$0.message.contains("twice") }
    #expect(YAMLReader.read(bytes, file: "a.yaml").root != nil, "\(findings)")
  }
}
