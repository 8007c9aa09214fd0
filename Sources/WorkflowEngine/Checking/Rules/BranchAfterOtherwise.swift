extension Rule {
  static let branchAfterOtherwise = Rule(
    "W106", .warning, "branch after 'otherwise'",
    why: """
      `otherwise` is taken when no other branch is true, wherever it stands. Written before other branches it reads as if these \
      were never looked at.
      """,
    wrong: """
      branches:
        - {otherwise: pay}
        - {when: vars.amount > decimal('1000'), then: approve}
      """,
    right: """
      branches:
        - {when: vars.amount > decimal('1000'), then: approve}
        - {otherwise: pay}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .gateway(let gateway) = step.kind, let first = gateway.branches.firstIndex(where: \.isOtherwise),
        gateway.branches[first...].contains(where: { !$0.isOtherwise })
      else { return nil }
      return Remark(
        "'otherwise' stands before other branches", at: step.root + ["branches", .index(first), "otherwise"],
        focus: .key,
        hint: "write it last")
    }
  }
}
