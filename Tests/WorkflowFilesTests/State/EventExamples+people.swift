import CEL
import WorkflowEngine

extension EventExamples {
  static let levelOpened: LevelOpened = {
    var lent = Seat(person: "bob", because: ["manager-of:initiator"])
    lent.lentTo = ["carol"]
    return LevelOpened(
      step: "manager_approval", visit: 1, level: 0, name: "manager",
      shown: [Shown(label: "Amount", value: "2500"), Shown(label: "Days", value: 3)], digest: "ab12", nonce: "n1",
      pool: [lent, Seat(person: "dora", because: ["role:director", "escalation"])],
      excluded: [Exclusion(person: "alice", because: "initiator")],
      rule: ApprovalRule(needed: .count(1), rejectWhen: .impossible, delegates: .anyone, assurance: .key),
      due: later, timers: timers)
  }()

  static let people: [(Event, String)] = [
    (
      .taskOpened(
        TaskOpened(
          step: "revise", visit: 2, pool: ["alice"], prefill: ["amount": "2500"],
          shown: [Shown(label: "Amount", value: "2500")], due: later, timers: [])),
      #""task-opened", "step": "revise", "visit": 2, "pool": ["alice"], "prefill": {"amount": "2500"}, "#
        + #""shown": [{"Amount": "2500"}], "due": "2026-11-23T10:00:00.000Z"}"#
    ),
    (
      .levelOpened(levelOpened),
      #""level-opened", "step": "manager_approval", "visit": 1, "level": "manager", "index": 0, "#
        + #""pool": [{"person": "bob", "because": ["manager-of:initiator"], "lent-to": ["carol"]}, "#
        + #"{"person": "dora", "because": ["role:director", "escalation"]}], "#
        + #""excluded": [{"person": "alice", "because": "initiator"}], "#
        + #""rule": {"needed": 1, "reject-when": "impossible", "delegates": "anyone", "assurance": "key"}, "#
        + #""shown": [{"Amount": "2500"}, {"Days": 3}], "digest": "ab12", "nonce": "n1", "#
        + #""due": "2026-11-23T10:00:00.000Z", "#
        + #""timers": [{"for": "escalate", "index": 1, "at": "2026-11-23T10:00:00.000Z"}, "#
        + #"{"for": "expires", "at": "2026-11-23T10:00:00.000Z"}]}"#
    ),
    (
      .levelSkipped(step: "manager_approval", visit: 1, level: "finance"),
      #""level-skipped", "step": "manager_approval", "visit": 1, "level": "finance"}"#
    ),
    (
      .decided(
        Decided(
          step: "manager_approval", visit: 1, level: "manager", verdict: .sendBack, by: "carol", actingFor: "bob",
          reason: "no receipt", assurance: .key, evidence: "cd34", key: "SHA256:k")),
      #""decided", "step": "manager_approval", "visit": 1, "level": "manager", "decision": "return", "by": "carol", "#
        + #""for": "bob", "reason": "no receipt", "assurance": "key", "evidence": "cd34", "key": "SHA256:k"}"#
    ),
    (
      .decided(
        Decided(
          step: "manager_approval", visit: 1, level: "manager", verdict: .approve, by: "bob", actingFor: nil,
          reason: nil, assurance: .session, evidence: nil)),
      #""decided", "step": "manager_approval", "visit": 1, "level": "manager", "decision": "approve", "by": "bob", "#
        + #""assurance": "session"}"#
    ),
    (
      .levelClosed(step: "manager_approval", visit: 1, level: "manager", outcome: "approved"),
      #""level-closed", "step": "manager_approval", "visit": 1, "level": "manager", "outcome": "approved"}"#
    ),
    (
      .delegated(step: "manager_approval", visit: 1, seat: "bob", by: "bob", to: "carol"),
      #""delegated", "step": "manager_approval", "visit": 1, "seat": "bob", "by": "bob", "to": "carol"}"#
    ),
    (
      .delegated(step: "manager_approval", visit: 1, seat: "bob", by: "bob", to: nil),
      #""delegated", "step": "manager_approval", "visit": 1, "seat": "bob", "by": "bob"}"#
    ),
    (
      .unseated(step: "manager_approval", visit: 1, people: ["bob", "carol"]),
      #""unseated", "step": "manager_approval", "visit": 1, "people": ["bob", "carol"]}"#
    ),
    (
      .reopened(step: "manager_approval", visit: 1, by: "olga", reason: "Dora is new"),
      #""reopened", "step": "manager_approval", "visit": 1, "by": "olga", "reason": "Dora is new"}"#
    ),
    (
      .questionAsked(
        QuestionAsked(
          step: "manager_approval", visit: 1, level: "manager", number: 1, by: "bob", to: "alice", text: "Which hotel?")
      ),
      #""question-asked", "step": "manager_approval", "visit": 1, "level": "manager", "number": 1, "by": "bob", "#
        + #""to": "alice", "text": "Which hotel?"}"#
    ),
    (
      .questionAnswered(
        QuestionAnswered(step: "manager_approval", visit: 1, number: 1, by: "alice", text: "The Adler")),
      #""question-answered", "step": "manager_approval", "visit": 1, "number": 1, "by": "alice", "#
        + #""text": "The Adler"}"#
    ),
    (
      .superseded(step: "manager_approval", visit: 1),
      #""superseded", "step": "manager_approval", "visit": 1}"#
    ),
    (
      .escalated(
        Escalated(step: "manager_approval", visit: 1, index: 1, action: .handOver, people: ["dora", "emil"])),
      #""escalated", "step": "manager_approval", "visit": 1, "index": 1, "action": "hand-over", "#
        + #""people": ["dora", "emil"]}"#
    ),
  ]
}
