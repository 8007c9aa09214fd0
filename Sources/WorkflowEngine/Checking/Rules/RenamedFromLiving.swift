extension Rule {
  static let renamedFromLiving = Rule(
    "W817", .error, "renamed from a workflow that is there",
    why: """
      `renamed-from` names what a workflow was called before its file was moved: numbers of versions go on, links and calls by the old \
      name lead to it, and `migrate` moves the instances of before. A workflow that still has a file was not moved, and of two workflows only one was it.
      """,
    wrong: """
      # workflows/spend/claim.yaml, beside workflows/finance/expense.yaml
      renamed-from: finance/expense
      """,
    right: """
      # workflows/spend/claim.yaml; finance/expense.yaml is gone
      renamed-from: finance/expense
      """
  ) { subject in
    guard let former = subject.workflow.renamedFrom else { return [] }
    let name = subject.workflow.name
    let other = subject.workflows.values.filter { $0.renamedFrom == former && $0.name < name }.map(\.name).min()
    if former == name { return [remark("'\(name)' is its own name", hint: "leave it out")] }
    if subject.workflows[former] != nil {
      return [
        remark("'\(former)' is still there", hint: "delete its file, or leave this out: a copy is a new workflow")
      ]
    }
    return other.map { [remark("'\($0)' is renamed from '\(former)' too", hint: "keep it in one of the two")] } ?? []
  }

  private static func remark(_ message: String, hint: String) -> Remark {
    Remark(message, at: ["renamed-from"], hint: hint)
  }
}
