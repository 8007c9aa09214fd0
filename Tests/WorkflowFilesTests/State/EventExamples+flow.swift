import CEL
import WorkflowEngine

/// Items, children, what is taken back, deadlines of the whole.
extension EventExamples {
  static let items: [(Event, String)] = [
    (
      .eachOpened(EachOpened(step: "ask", visit: 1, token: 1, frame: 2, items: ["anna", ["amount": "2500"]])),
      #""each-opened", "step": "ask", "visit": 1, "token": 1, "frame": 2, "items": ["anna", {"amount": "2500"}]}"#
    ),
    (
      .itemEntered(step: "ask", visit: 2, token: 3, frame: 2),
      #""item-entered", "step": "ask", "visit": 2, "token": 3, "frame": 2}"#
    ),
    (
      .itemEnded(
        ItemEnded(
          step: "ask", visit: 2, token: 3, outcome: "done", output: ["ok": true], by: "anna", reason: "by phone")),
      #""item-ended", "step": "ask", "visit": 2, "token": 3, "outcome": "done", "output": {"ok": true}, "#
        + #""by": "anna", "reason": "by phone"}"#
    ),
    (
      .gathered(step: "ask", visit: 1, frame: 2, token: 5, cancelled: [VisitID(step: "ask", visit: 3)]),
      #""gathered", "step": "ask", "visit": 1, "frame": 2, "token": 5, "cancelled": ["ask.3"]}"#
    ),
  ]

  static let children: [(Event, String)] = [
    (
      .callOpened(
        CallOpened(
          step: "check", visit: 1, workflow: "hr/check", version: 3, input: ["person": "anna"], about: ["bob"],
          timers: [Timer(.expires, at: later)])),
      #""call-opened", "step": "check", "visit": 1, "workflow": "hr/check", "version": 3, "#
        + #""input": {"person": "anna"}, "about": ["bob"], "#
        + #""timers": [{"for": "expires", "at": "2026-11-23T10:00:00.000Z"}]}"#
    ),
    (
      .childStarted(step: "check", visit: 1, child: InstanceID(name: "check", number: 43)),
      #""child-started", "step": "check", "visit": 1, "child": "check-43"}"#
    ),
    (
      .started(
        Started(
          instance: InstanceID(name: "check", number: 43), workflow: "hr/check", version: 3, definition: "9f86",
          title: "Check", by: "alice", input: [:], vars: [:], step: "a", due: nil, timers: [],
          caller: Caller(instance: InstanceID(name: "hire", number: 42), step: "check", visit: 1, depth: 1),
          about: ["bob"])),
      #""started", "by": "alice", "instance": "check-43", "workflow": "hr/check", "version": 3, "#
        + #""definition": "9f86", "title": "Check", "input": {}, "step": "a", "#
        + #""caller": {"instance": "hire-42", "step": "check", "visit": 1, "depth": 1}, "about": ["bob"]}"#
    ),
  ]

  static let takenBack: [(Event, String)] = [
    (
      .undoNoted(NotedUndo(step: "book", visit: 2, uses: "http", request: ["method": "DELETE"])),
      #""undo-noted", "step": "book", "visit": 2, "uses": "http", "request": {"method": "DELETE"}}"#
    ),
    (.undoBegun(Undoing(by: "olga", reason: "ill")), #""undo-begun", "by": "olga", "reason": "ill"}"#),
    (
      .undoBegun(Undoing(by: nil, outcome: "gone", output: ["n": 1])),
      #""undo-begun", "outcome": "gone", "output": {"n": 1}}"#
    ),
    (
      .undoOpened(step: "book", visit: 3, token: 7, undoes: 2),
      #""undo-opened", "step": "book", "visit": 3, "token": 7, "undoes": 2}"#
    ),
    (
      .undone(step: "book", visit: 3, undoes: 2, by: nil, reason: nil),
      #""undone", "step": "book", "visit": 3, "undoes": 2}"#
    ),
    (
      .undone(step: "book", visit: 3, undoes: 2, by: "olga", reason: "by phone"),
      #""undone", "step": "book", "visit": 3, "undoes": 2, "by": "olga", "reason": "by phone"}"#
    ),
  ]

  static let versions: [(Event, String)] = [
    (
      .migrated(Migrated(by: "system:deployer", reason: nil, version: 2, definition: "9f86", title: "Leave")),
      #""migrated", "by": "system:deployer", "version": 2, "definition": "9f86", "title": "Leave"}"#
    ),
    (
      .migrated(moved),
      #""migrated", "by": "olga", "reason": "asked for", "version": 3, "definition": "9f86", "title": "Leave", "#
        + #""renamed": [{"step": "hold", "to": "pause"}], "moved": [{"step": "ok", "to": "review"}], "#
        + #""reopened": ["ok.2"], "kept": [{"step": "hold", "visit": 1, "number": 4, "#
        + #""timers": [{"for": "wait", "at": "2026-11-23T10:00:00.000Z"}]}], "#
        + #""dropped": [{"frame": 1, "branch": 2}], "cancelled": ["print.1"], "passed": ["sign"], "#
        + #""vars": {"total": "25"}, "unset": ["sum"], "#
        + #""timers": [{"for": "expires", "at": "2026-11-23T10:00:00.000Z"}]}"#
    ),
  ]

  private static let moved: Migrated = {
    var moved = Migrated(by: "olga", reason: "asked for", version: 3, definition: "9f86", title: "Leave")
    moved.renamed = ["hold": "pause"]
    moved.moved = ["ok": "review"]
    moved.reopened = [VisitID(step: "ok", visit: 2)]
    moved.kept = [KeptVisit(step: "hold", visit: 1, number: 4, timers: [Timer(.wait, at: later)])]
    moved.dropped = [Frame.Parent(frame: 1, branch: 2)]
    moved.cancelled = [VisitID(step: "print", visit: 1)]
    moved.passed = ["sign"]
    moved.vars = ["total": "25"]
    moved.unset = ["sum"]
    moved.timers = [Timer(.expires, at: later)]
    return moved
  }()

  static let deadlines: [(Event, String)] = [
    (
      .expired(to: "late", token: 4, cancelled: [VisitID(step: "a", visit: 1)]),
      #""expired", "to": "late", "token": 4, "cancelled": ["a.1"]}"#
    ),
    (
      .overdue(index: 1, action: .handOver, people: ["bob"]),
      #""overdue", "index": 1, "action": "hand-over", "people": ["bob"]}"#
    ),
    (.overdue(index: 0, action: .remind, people: []), #""overdue", "index": 0, "action": "remind"}"#),
  ]
}
