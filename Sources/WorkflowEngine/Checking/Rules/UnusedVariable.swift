import CEL

extension Rule {
  static let unusedVariable = Rule(
    "W218", .warning, "variable that nothing reads",
    why: "A variable that no expression reads and no approval shows has no effect; usually another name was meant.",
    wrong: """
      vars: {amount: input.amount, amuont: input.amount}
      """,
    right: """
      vars: {amount: input.amount}
      """
  ) { subject in
    // An approval or state without 'show' shows every variable.
    guard !subject.workflow.steps.contains(where: { $0.approval.map { $0.show == nil } ?? false }) else { return [] }
    var read: Set<String> = []
    for reference in subject.expressions.checked.lazy.flatMap(\.references) where reference.path[0] == "vars" {
      guard reference.path.count > 1 else { return [] }
      read.insert(reference.path[1])
    }
    return subject.workflow.variables.filter { !read.contains($0.name) }.map { variable in
      Remark("nothing reads '\(variable.name)'", at: ["vars", .key(variable.name)], focus: .key, hint: "remove it")
    }
  }
}
