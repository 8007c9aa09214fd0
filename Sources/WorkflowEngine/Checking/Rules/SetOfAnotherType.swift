import CEL

extension Rule {
  static let setOfAnotherType = Rule(
    "W205", .error, "value of another type than its variable",
    why:
      "A variable keeps the type of its schema or of its first value, so that everything that reads it can rely on it.",
    wrong: """
      vars: {days: "0"}                       # a whole number
      ...
      set: {days: "string(result.days)"}      # a text
      """,
    right: """
      set: {days: result.days}
      """
  ) { subject in
    subject.expressions.checked.compactMap { checked in
      guard checked.mistakes.isEmpty, let (name, wanted) = subject.variable(takenBy: checked.place.use),
        !checked.valueType.fits(wanted)
      else { return nil }
      return Remark(
        "this is \(checked.type.words), but '\(name)' is \(wanted.words)", at: checked.place.path,
        hint: checked.type.remedy(to: wanted))
    }
  }
}

extension CheckSubject {
  /// The variable that an expression gives a value, with its type.
  fileprivate func variable(takenBy use: ExpressionPlace.Use) -> (name: String, type: Type)? {
    switch use {
    case .set(let name): types.vars[name].map { (name, $0) }
    case .first(let number):
      workflow.variables[number].schema.map { (workflow.variables[number].name, $0.celType) }
    default: nil
    }
  }
}
