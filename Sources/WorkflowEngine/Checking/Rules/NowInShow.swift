import CEL

extension Rule {
  static let nowInShow = Rule(
    "W212", .error, "'now' among what is shown",
    why: """
      A decision binds to what was shown. The time changes with every look, so each decision would be stale before it was made.
      """,
    wrong: """
      show: {Asked at: now}
      """,
    right: """
      show: {Started at: instance.started_at}
      """
  ) { subject in
    subject.remarks(on: "now") { checked, reference in
      checked.place.use == .show
        ? checked.place.remark(
          "'now' cannot be shown: it never stays what was decided on", reference, hint: "instance.started_at stays")
        : nil
    }
  }
}
