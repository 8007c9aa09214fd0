extension Rule {
  static let eventThatNobodySends = Rule(
    "W702", .warning, "event that nobody may send",
    why: "Without `from`, nobody may send it: every message of this name is refused, whoever brings it.",
    wrong: """
      events: {delivered: {schema: {type: object}}}
      """,
    right: """
      events: {delivered: {schema: {type: object}, from: [role:carrier]}}
      """
  ) { subject in
    subject.workflow.events.filter(\.from.isEmpty).map { event in
      Remark(
        "nobody may send '\(event.name)'", at: ["events", .key(event.name)], focus: .key,
        hint: "say who: from: [role:...]")
    }
  }
}
