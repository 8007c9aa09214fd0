extension Rule {
  static let eventThatNobodyAwaits = Rule(
    "W703", .warning, "event that nothing waits for",
    why:
      "The event is declared, but no `wait`, `on-event` or move listens for it: its messages are kept, and then unclaimed.",
    wrong: """
      events: {delivered: {from: [role:carrier]}}
      start: ask
      steps: {ask: {type: task, assignees: [initiator], then: done}, done: {type: end}}
      """,
    right: """
      arrive: {type: wait, event: delivered, key: input.order, then: {delivered: done}}
      """
  ) { subject in
    let awaited = Set(subject.workflow.eventPlaces.map(\.event))
    return subject.workflow.events.filter { !awaited.contains($0.name) }.map { event in
      Remark(
        "nothing waits for '\(event.name)'", at: ["events", .key(event.name)], focus: .key,
        hint: "wait for it, or delete it")
    }
  }
}
