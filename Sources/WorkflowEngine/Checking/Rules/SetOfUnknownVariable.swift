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
    let unknown = subject.workflow.steps.lazy.flatMap { step in
      step.assignments.lazy.filter { !names.contains($0.name) }.map { (step, $0.name) }
    }
    return unknown.prefix(CheckSubject.mostRemarks).map { step, name in
      Remark(
        "no variable is named '\(name)'", at: step.approvalRoot + ["set", .key(name)], focus: .key,
        hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" } ?? "declare it under 'vars'")
    }
  }
}
