extension Rule {
  static let outcomeThatCannotHappen = Rule(
    "W104", .warning, "outcome that cannot happen",
    why: """
      An approval is `not_needed` only when the `when` of every level is false. A level without `when` is always asked, so the \
      target is never used and whoever reads the file is misled.
      """,
    wrong: """
      approve:
        type: approval
        approvers: [role:finance]
        then: {approved: pay, rejected: told, not_needed: pay}
      """,
    right: """
      approve:
        type: approval
        when: vars.amount > decimal('100')
        approvers: [role:finance]
        then: {approved: pay, rejected: told, not_needed: pay}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard let approval = step.approval, step.then["not_needed"] != nil,
        let level = approval.levels.first(where: { $0.when == nil })
      else { return nil }
      return Remark(
        "'\(step.id)' is never 'not_needed'", at: step.approvalRoot + ["then", "not_needed"], focus: .key,
        hint: approval.levels.count == 1 ? "it has no 'when'" : "the level '\(level.name)' has no 'when'")
    }
  }
}
