extension Rule {
  static let setOfUnknownVariable = Rule(
    "W204", .error, "'set' of a variable that is not declared",
    why:
      "`set` changes variables that `vars` declares. A name that appears by being assigned would be a typing error that works.",
    wrong: """
      vars: {amount: input.amount}
      ...
      set: {amuont: result.amount}
      """,
    right: """
      set: {amount: result.amount}
      """
  ) { subject in
    let known = subject.workflow.variables.map(\.name)
    let names = Set(known)
    return subject.workflow.steps.flatMap { step in
      step.set.filter { !names.contains($0.name) }.map { assignment in
        Remark(
          "no variable is named '\(assignment.name)'", at: step.approvalRoot + ["set", .key(assignment.name)],
          focus: .key,
          hint: Spelling.nearest(to: assignment.name, among: known).map { "did you mean '\($0)'?" }
            ?? "declare it under 'vars'")
      }
    }
  }
}
