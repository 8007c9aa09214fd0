extension Rule {
  static let momentBackInHours = Rule(
    "W505", .error, "moment moved back by business hours",
    why:
      "`minus` counts back elapsed time or whole business days. Business hours before a time of day would mean two things.",
    wrong: """
      until: {date: input.needed_by, at: "09:00", minus: 4 business hours}
      """,
    right: """
      until: {date: input.needed_by, at: "09:00", minus: 1 business day}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .wait(let wait) = step.kind, case .date(_, _, .businessHours?)? = wait.until else { return nil }
      return Remark(
        "'minus' counts business days or elapsed time", at: step.root + ["until", "minus"],
        hint: "write 1 business day, or 4h")
    }
  }
}
