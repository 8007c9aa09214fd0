extension Rule {
  static let businessTimeWithoutCalendar = Rule(
    "W317", .error, "business time without a calendar",
    why: "Business hours and days need a calendar that says when people work: the workflow's, or that of `writ.yaml`.",
    wrong: """
      due: 2 business days          # and no 'calendar' anywhere
      """,
    right: """
      calendar: office
      due: 2 business days
      """
  ) { subject in
    guard subject.workflow.calendar == nil, subject.settings.calendar == nil else { return [] }
    return subject.spans.filter(\.span.isBusinessTime).map { place in
      Remark(
        "nothing says on which calendar this is counted", at: place.path,
        hint: "name one with 'calendar', here or in writ.yaml")
    }
  }
}
