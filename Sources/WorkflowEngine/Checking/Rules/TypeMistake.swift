import CEL

extension Rule {
  static let typeMistake = Rule(
    "W201", .error, "types that do not go together",
    why: """
      Expressions are typed before anything runs: from the input's schema, forms, results and settings. What would fail for some \
      instance in three weeks is found now. Decimals mix with no other numbers, so that money is never rounded where nobody looks.
      """,
    wrong: """
      branches: [{when: input.amount > 1000, then: approve}, {otherwise: pay}]    # amount has format: decimal
      """,
    right: """
      branches: [{when: "input.amount > decimal('1000')", then: approve}, {otherwise: pay}]
      """
  ) { subject in
    subject.expressions.checked.flatMap { checked in
      checked.mistakes.map { mistake in
        Remark(
          mistake.message, at: checked.place.path, focus: checked.place.focus(mistake.range),
          hint: mistake.sealed ?? mistake.hint)
      }
    }
  }
}

extension ExpressionError {
  /// What no operator and no function takes.
  fileprivate var sealed: String? {
    message.contains("\(Type.sensitive)") ? "a sensitive value is sealed: nothing is computed from it" : nil
  }
}
