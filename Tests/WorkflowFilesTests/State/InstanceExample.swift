import CEL
import WorkflowEngine
import WorkflowFiles

/// The start of an expense approval, folded by the engine, and its file as people see it.
enum InstanceExample {
  static let entries: [Entry] = [
    Event.started(
      Started(
        instance: InstanceID(name: "expense-approval", number: 42), workflow: "finance/expense-approval", version: 7,
        definition: "9f86", title: "Expense approval", by: "alice", input: ["amount": "2500", "category": "travel"],
        vars: ["amount": "2500"], step: "triage", due: EventExamples.later, timers: [])),
    .entered(step: "triage", visit: 1, token: 1),
    .left(Left(step: "triage", visit: 1, token: 1, outcome: "done", output: .null, to: "manager_approval")),
    .entered(step: "manager_approval", visit: 1, token: 1),
    .levelOpened(EventExamples.levelOpened),
  ].enumerated().map { Entry(number: $0 + 1, at: EventExamples.at, event: $1) }

  static let instance = Instance.fold(entries)!

  static let text = """
    format: 1
    instance: expense-approval-42
    workflow: finance/expense-approval
    version: 7
    definition: "9f86"
    title: Expense approval
    status: waiting
    started: {at: 2026-11-22T10:00:00.123Z, by: alice}
    due: 2026-11-23T10:00:00.000Z
    input: {amount: "2500", category: travel}
    vars: {amount: "2500"}
    tokens:
      - {id: 1, step: manager_approval, visit: 1}
    frames:
      - {id: 0, branches: [{step: triage, state: live}]}
    visits:
      - {step: manager_approval, visit: 1, token: 1, since: 2026-11-22T10:00:00.123Z, due: 2026-11-23T10:00:00.000Z, \
    timers: [{for: escalate, index: 1, at: 2026-11-23T10:00:00.000Z}, {for: expires, at: 2026-11-23T10:00:00.000Z}], \
    waiting: approval, level: manager, index: 0, pool: [{person: bob, because: [manager-of:initiator], lent-to: \
    [carol]}, {person: dora, because: [role:director, escalation]}], excluded: [{person: alice, because: initiator}], \
    rule: {needed: 1, reject-when: impossible, delegates: anyone, assurance: key}, shown: [{Amount: "2500"}, \
    {Days: 3}], digest: ab12, nonce: n1}
    counts: {manager_approval: 1, triage: 1}
    results:
      - {step: triage, visit: 1, outcome: done}
    last: {event: 5, at: 2026-11-22T10:00:00.123Z, token: 1, frame: 0}
    before: {events: 0, digest: null}
    timeline:

    """ + entries.map { "  - " + String(decoding: $0.line, as: UTF8.self) + "\n" }.joined()
}
