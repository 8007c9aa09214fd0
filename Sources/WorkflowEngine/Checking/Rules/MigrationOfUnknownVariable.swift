extension Rule {
  static let migrationOfUnknownVariable = Rule(
    "W815", .error, "migration sets a variable that is not declared",
    why: """
      `migrate.set` gives the variables of the new version their values in instances of an earlier one. A name that `vars` does not \
      declare would be lost.
      """,
    wrong: """
      vars: {total: input.amount}
      migrate:
        set: {totall: vars.amount}
      """,
    right: """
      migrate:
        set: {total: vars.amount}
      """
  ) { subject in
    let known = subject.workflow.variables.map(\.name)
    let set = subject.workflow.migration?.set ?? []
    return set.filter { !known.contains($0.name) }.map { assignment in
      Remark(
        "no variable is named '\(assignment.name)'", at: ["migrate", "set", .key(assignment.name)], focus: .key,
        hint: Spelling.nearest(to: assignment.name, among: known).map { "did you mean '\($0)'?" }
          ?? "declare it under 'vars'")
    }
  }
}
