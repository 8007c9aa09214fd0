import CEL

extension Rule {
  static let momentExpression = Rule(
    "W222", .error, "moment that is no moment",
    why: "`until` waits for a timestamp, or for a date such as `2026-12-24` at a time of day.",
    wrong: """
      wait: {type: wait, until: vars.days, then: remind}
      """,
    right: """
      wait: {type: wait, until: {date: input.needed_by, at: "09:00", minus: 2 business days}, then: remind}
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard checked.mistakes.isEmpty else { return nil }
      switch checked.place.use {
      case .moment where !checked.type.fits(.timestamp) && !checked.type.fits(.string):
        return Remark(
          "this is \(checked.type.words), not a timestamp", at: checked.place.path,
          hint: "write \"timestamp('2026-12-24T09:00:00Z')\", or {date: \"'2026-12-24'\", at: \"09:00\"}")
      case .date where !checked.type.fits(.string):
        return Remark(
          "this is \(checked.type.words), not a date", at: checked.place.path,
          hint: "a date is a text: write \"'2026-12-24'\"")
      default: return nil
      }
    }
  }
}
