extension Rule {
  static let unknownCalendar = Rule(
    "W316", .error, "calendar that people.yaml does not have",
    why: "Business time is counted on a working calendar of `people.yaml`.",
    wrong: """
      calendar: ofice
      """,
    right: """
      calendar: office
      """
  ) { subject in
    guard let name = subject.workflow.calendar, subject.people.calendars[name] == nil else { return [] }
    return [
      Remark(
        "people.yaml has no calendar '\(name)'", at: ["calendar"],
        hint: Spelling.hint(for: name, among: subject.people.calendars.keys.sorted(), noun: "calendars"))
    ]
  }
}
