extension Rule {
  static let unknownEvent = Rule(
    "W701", .error, "event that is not declared",
    why: """
      What is waited for is declared under `events:`, with what it carries and who may send it. A message that no workflow \
      declares is refused, so this would wait for ever.
      """,
    wrong: """
      events: {payment_received: {from: [role:bank]}}
      steps:
        paid: {type: wait, event: payment_recieved, key: input.invoice, then: {payment_recieved: done}}
      """,
    right: """
      events: {payment_received: {from: [role:bank]}}
      steps:
        paid: {type: wait, event: payment_received, key: input.invoice, then: {payment_received: done}}
      """
  ) { subject in
    let known = subject.workflow.events.map(\.name)
    return subject.workflow.eventPlaces.filter { !known.contains($0.event) }.map { place in
      Remark(
        "no event is declared as '\(place.event)'", at: place.path, focus: place.focus,
        hint: Spelling.nearest(to: place.event, among: known).map { "did you mean '\($0)'?" }
          ?? "declare it: events: {\(place.event): {from: [...]}}")
    }
  }
}
