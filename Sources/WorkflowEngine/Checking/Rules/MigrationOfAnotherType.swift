import CEL

extension Rule {
  static let migrationOfAnotherType = Rule(
    "W816", .error, "migration sets a value of another type than the variable",
    why: """
      What `migrate.set` reads is of an earlier version, whose types this file does not know; they are looked at in every instance \
      when it moves. But what it makes has to be of the type that the variable has here.
      """,
    wrong: """
      vars: {days: "0"}                          # a whole number
      migrate:
        set: {days: "string(vars.weeks * 7)"}    # a text
      """,
    right: """
      migrate:
        set: {days: vars.weeks * 7}
      """
  ) { subject in
    (subject.workflow.migration?.set ?? []).flatMap { assignment -> [Remark] in
      let path: [PathElement] = ["migrate", "set", .key(assignment.name)]
      let made = assignment.value.expression.check(in: .ofAnEarlierVersion)
      guard made.errors.isEmpty else {
        return made.errors.map { Remark($0.message, at: path, focus: .range($0.range), hint: $0.hint) }
      }
      guard let wanted = subject.types.vars[assignment.name], !made.type.fits(wanted) else { return [] }
      return [
        Remark(
          "this is \(made.type.words), but '\(assignment.name)' is \(wanted.words)", at: path,
          hint: made.type.remedy(to: wanted))
      ]
    }
  }
}

extension Environment {
  /// Names without types: what an instance of any version may have.
  fileprivate static let ofAnEarlierVersion = Environment(variables: [
    "input": .dyn, "vars": .dyn, "steps": .dyn, "config": .dyn, "instance": WorkflowTypes.instance, "now": .timestamp,
  ])
}
