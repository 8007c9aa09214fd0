import CEL

extension Rule {
  static let sensitiveRead = Rule(
    "W225", .error, "sensitive value that is looked into",
    why: """
      A sensitive value is sealed: it is shown to those who take part, stored, and handed to services, but nothing is computed from \
      it, and no text tells it. What a process has to decide by is not sensitive, or stands in a field of its own.
      """,
    wrong: """
      subject: Please pay to ${input.iban}        # iban: {type: string, sensitive: true}
      """,
    right: """
      show: {iban: input.iban}                    # those who are asked see it
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard !checked.place.passesOn, checked.valueType == .sensitive else { return nil }
      return Remark(
        "a sensitive value is passed on, never looked into", at: checked.place.path,
        focus: checked.place.focus(0..<checked.place.formula.source.utf8.count),
        hint: "use it in 'show', 'set', 'prefill', 'input' or 'with', or leave it out")
    }
  }
}

extension ExpressionPlace {
  /// Whether the value goes somewhere as it is.
  fileprivate var passesOn: Bool {
    switch use {
    case .show, .set, .first, .output, .argument, .prefill, .parameter: true
    default: false
    }
  }
}
