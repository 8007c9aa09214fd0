import CEL

extension Rule {
  static let conditionNotBool = Rule(
    "W202", .error, "condition that is not true or false",
    why: "A `when` is a question with the answer true or false. Texts and numbers are never taken for one.",
    wrong: """
      - {when: input.urgent_reason, then: page}        # a text
      """,
    right: """
      - {when: input.urgent_reason != '', then: page}
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard [.condition, .until].contains(checked.place.use), !checked.type.fits(.bool) else { return nil }
      return Remark(
        "this is \(checked.type.words), not true or false", at: checked.place.path, hint: checked.type.remedy(to: .bool)
      )
    }
  }
}
