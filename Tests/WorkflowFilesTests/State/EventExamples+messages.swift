import CEL
import WorkflowEngine

extension EventExamples {
  static let messages: [(Event, String)] = [
    (
      .listened(
        Listened(
          visit: VisitID(step: "pay", visit: 2),
          channels: [
            Listening(event: "stopped", key: "o-1", handler: 0), Listening(event: "changed", key: nil, handler: 1),
          ])),
      #""listened", "step": "pay", "visit": 2, "for": [{"message": "stopped", "key": "o-1", "handler": 0}, "#
        + #"{"message": "changed", "handler": 1}]}"#
    ),
    (
      .listened(Listened(visit: nil, channels: [Listening(event: "stopped", key: 7, handler: 0)])),
      #""listened", "for": [{"message": "stopped", "key": 7, "handler": 0}]}"#
    ),
    (
      .received(
        Received(
          message: 43, event: "paid", key: "o-1", source: "bank", id: "t-1", by: "carol",
          visit: VisitID(step: "wait", visit: 1), payload: .null)),
      #""received", "step": "wait", "visit": 1, "number": 43, "message": "paid", "key": "o-1", "source": "bank", "#
        + #""id": "t-1", "by": "carol"}"#
    ),
    (
      .received(
        Received(
          message: 44, event: "stopped", key: nil, source: nil, id: nil, by: "carol", visit: nil,
          payload: ["why": "twice"])),
      #""received", "number": 44, "message": "stopped", "by": "carol", "payload": {"why": "twice"}}"#
    ),
    (
      .sideBegun(SideBegun(frame: 2, token: 5, to: "note", parent: Frame.Parent(frame: 0, branch: 0))),
      #""side-begun", "frame": 2, "token": 5, "to": "note", "parent": 0, "branch": 0}"#
    ),
  ]
}

extension EventExamples {
  static let states: [(Event, String)] = [
    (
      .stateOpened(
        StateOpened(
          step: "ordered", visit: 2,
          offers: [
            Offer(move: "deliver", index: 0, pool: ["erik", "frida"]), Offer(move: "lost", index: 1, pool: nil),
          ], due: later, timers: [Timer(.escalate(0), at: later)])),
      #""state-opened", "step": "ordered", "visit": 2, "offers": [{"move": "deliver", "index": 0, "#
        + #""pool": ["erik", "frida"]}, {"move": "lost", "index": 1}], "due": "2026-11-23T10:00:00.000Z", "#
        + #""timers": [{"for": "escalate", "index": 0, "at": "2026-11-23T10:00:00.000Z"}]}"#
    ),
    (
      .stayed(
        Stayed(step: "ordered", visit: 2, move: "deliver", by: "erik", output: ["quantity": 3], vars: ["open": 7])),
      #""stayed", "step": "ordered", "visit": 2, "move": "deliver", "by": "erik", "output": {"quantity": 3}, "#
        + #""vars": {"open": 7}}"#
    ),
  ]
}
