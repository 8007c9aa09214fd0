import CEL

extension Rule {
  static let variableNeverSet = Rule(
    "W216", .error, "variable that may have no value yet",
    why: """
      A variable that is declared without a first value is absent until a step sets it. Reading it where some way leads without \
      passing such a step fails for the instances that come this way.
      """,
    wrong: """
      vars: {note: {schema: {type: string}}}
      ...
      tell: {type: notification, body: "It says: ${vars.note}", ...}      # nothing has set it
      """,
    right: """
      vars: {note: "''"}
      """
  ) { subject in
    let unset = Set(subject.workflow.variables.filter { $0.value == nil }.map(\.name))
    guard !unset.isEmpty else { return [] }
    return subject.remarks(onNamesOf: "vars") { checked, reference, name in
      guard !reference.isGuarded, !checked.mayBeAbsent, unset.contains(name), subject.isEvaluated(checked.place),
        !subject.expressions.holds(.isSet(name), at: checked.place)
      else { return nil }
      return checked.place.remark(
        "'\(name)' may have no value here", reference,
        hint: "give it a first value, or ask first: has(vars.\(name))")
    }
  }
}
