import CEL

extension Rule {
  static let peopleExpression = Rule(
    "W221", .error, "expression that names no people",
    why: "`expr` lists people by their handles: a list of texts, or one text.",
    wrong: """
      assignees: [{expr: vars.days}]
      """,
    right: """
      assignees: [{expr: "[vars.substitute]"}]
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard checked.place.use == .people, checked.mistakes.isEmpty, !checked.type.fits(.string),
        !checked.type.fits(.list(.string))
      else { return nil }
      return Remark(
        "this is \(checked.type.words), not a list of people", at: checked.place.path, hint: "write [vars.substitute]")
    }
  }
}
