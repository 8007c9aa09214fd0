import CEL
import WorkflowEngine

/// One event of every kind, with the bytes that format 1 has for it. The bytes never change: histories hold them.
enum EventExamples {
  static let at = Timestamp(milliseconds: 1_795_341_600_123)
  static let later = Timestamp(milliseconds: 1_795_428_000_000)
  private static let german: Delivery = {
    var delivery = Delivery(
      id: "e-42.tell.1", step: "tell", to: ["alice"], channel: nil, subject: "Bezahlt", body: "Unterwegs")
    delivery.language = "de"
    return delivery
  }()
  static let timers = [Timer(.escalate(1), at: later), Timer(.expires, at: later)]

  /// What follows `{"n": 1, "at": "2026-11-22T10:00:00.123Z", "event": `.
  static let all: [(Event, String)] =
    lifecycle + people + moving + work + messages + states + items + children + takenBack + deadlines + versions

  static let lifecycle: [(Event, String)] = [
    (
      .started(
        Started(
          instance: InstanceID(name: "expense-approval", number: 42), workflow: "finance/expense-approval", version: 7,
          definition: "9f86", title: "Expense approval", by: "alice",
          input: ["amount": "2500", "category": "travel", "days": 3, "rate": 1.5], vars: ["amount": "2500"],
          step: "triage", due: later, timers: [Timer(.expires, at: later)])),
      #""started", "by": "alice", "instance": "expense-approval-42", "workflow": "finance/expense-approval", "#
        + #""version": 7, "definition": "9f86", "title": "Expense approval", "#
        + #""input": {"amount": "2500", "category": "travel", "days": 3, "rate": 1.5}, "#
        + #""vars": {"amount": "2500"}, "step": "triage", "due": "2026-11-23T10:00:00.000Z", "#
        + #""timers": [{"for": "expires", "at": "2026-11-23T10:00:00.000Z"}]}"#
    ),
    (.commented(by: "bob", text: "see \"x\"\n", step: nil), #""commented", "by": "bob", "text": "see \"x\"\n"}"#),
    (
      .commented(by: "bob", text: "Überfällig", step: "pay"),
      #""commented", "by": "bob", "text": "Überfällig", "step": "pay"}"#
    ),
    (.suspended(by: "carol", reason: "audit"), #""suspended", "by": "carol", "reason": "audit"}"#),
    (.resumed(by: "carol", reason: nil), #""resumed", "by": "carol"}"#),
    (.cancelled(by: "carol", reason: "twice"), #""cancelled", "by": "carol", "reason": "twice"}"#),
    (
      .completed(outcome: "paid", output: ["amount": "2500"]),
      #""completed", "outcome": "paid", "output": {"amount": "2500"}}"#
    ),
    (.completed(outcome: "completed", output: [:]), #""completed", "outcome": "completed"}"#),
  ]

  static let moving: [(Event, String)] = [
    (
      .entered(step: "triage", visit: 1, token: 1),
      #""entered", "step": "triage", "visit": 1, "token": 1}"#
    ),
    (
      .left(
        Left(
          step: "revise", visit: 2, token: 1, outcome: "done", output: ["amount": "900"], by: "alice", reason: "typo",
          vars: ["amount": "900"], unset: ["note"], to: "triage")),
      #""left", "step": "revise", "visit": 2, "token": 1, "outcome": "done", "output": {"amount": "900"}, "#
        + #""by": "alice", "reason": "typo", "vars": {"amount": "900"}, "unset": ["note"], "to": "triage"}"#
    ),
    (
      .left(Left(step: "paid", visit: 1, token: 1, outcome: "done", output: .null, to: nil)),
      #""left", "step": "paid", "visit": 1, "token": 1, "outcome": "done"}"#
    ),
    (
      .forked(
        Forked(
          step: "both", visit: 1, token: 1, frame: 1,
          branches: [.init(token: 2, to: "pack"), .init(token: 3, to: "bill")])),
      #""forked", "step": "both", "visit": 1, "token": 1, "frame": 1, "#
        + #""branches": [{"token": 2, "to": "pack"}, {"token": 3, "to": "bill"}]}"#
    ),
    (.arrived(step: "both_done", token: 2), #""arrived", "step": "both_done", "token": 2}"#),
    (
      .joined(
        step: "both_done", visit: 1, frame: 1, token: 4,
        cancelled: [VisitID(step: "bill", visit: 1), VisitID(step: "pack", visit: 12)]),
      #""joined", "step": "both_done", "visit": 1, "frame": 1, "token": 4, "cancelled": ["bill.1", "pack.12"]}"#
    ),
    (.frameClosed(frame: 3), #""frame-closed", "frame": 3}"#),
    (
      .frameLeft(frame: 1, token: 5, to: "stop", cancelled: []),
      #""frame-left", "to": "stop", "frame": 1, "token": 5}"#
    ),
  ]

  static let work: [(Event, String)] = [
    (
      .jobOpened(
        JobOpened(
          step: "pay", visit: 1, uses: "http",
          request: ["headers": ["authorization": ["$secret": "bank"]], "method": "POST"], timeout: .seconds(30),
          timers: [])),
      #""job-opened", "step": "pay", "visit": 1, "uses": "http", "#
        + #""request": {"headers": {"authorization": {"$secret": "bank"}}, "method": "POST"}, "timeout": "30s"}"#
    ),
    (
      .waitOpened(
        WaitOpened(step: "parcel", visit: 1, event: "delivered", key: 17, timers: [Timer(.wait, at: later)])),
      #""wait-opened", "step": "parcel", "visit": 1, "message": "delivered", "key": 17, "#
        + #""timers": [{"for": "wait", "at": "2026-11-23T10:00:00.000Z"}]}"#
    ),
    (
      .attemptFailed(
        AttemptFailed(
          step: "pay", visit: 1, attempt: 2, code: "http.503", message: "Service Unavailable", retryAt: later)),
      #""attempt-failed", "step": "pay", "visit": 1, "attempt": 2, "code": "http.503", "#
        + #""message": "Service Unavailable", "retry-at": "2026-11-23T10:00:00.000Z"}"#
    ),
    (.redelivered(step: "pay", visit: 1), #""redelivered", "step": "pay", "visit": 1}"#),
    (
      .incident(IncidentOpened(step: "pay", visit: 1, token: 1, code: "http.503", message: "gave up")),
      #""incident", "step": "pay", "visit": 1, "token": 1, "code": "http.503", "message": "gave up"}"#
    ),
    (
      .retried(step: "pay", visit: 1, by: "carol", reason: "bank is back"),
      #""retried", "step": "pay", "visit": 1, "by": "carol", "reason": "bank is back"}"#
    ),
    (.late(job: "e-42.pay.1", outcome: "done"), #""late", "job": "e-42.pay.1", "outcome": "done"}"#),
    (
      .notified(
        Delivery(id: "e-42.tell.1", step: "tell", to: ["alice"], channel: "mail", subject: "Paid", body: "On its way")),
      #""notified", "id": "e-42.tell.1", "step": "tell", "to": ["alice"], "channel": "mail", "#
        + #""subject": "Paid", "body": "On its way"}"#
    ),
    (
      .notified(german),
      #""notified", "id": "e-42.tell.1", "step": "tell", "to": ["alice"], "subject": "Bezahlt", "#
        + #""body": "Unterwegs", "language": "de"}"#
    ),
    (.delivered(id: "e-42.tell.1"), #""delivered", "id": "e-42.tell.1"}"#),
    (
      .deliveryFailed(id: "e-42.tell.1", code: "smtp.451", message: "try later", notBefore: later),
      #""delivery-failed", "id": "e-42.tell.1", "code": "smtp.451", "message": "try later", "#
        + #""not-before": "2026-11-23T10:00:00.000Z"}"#
    ),
  ]
}
