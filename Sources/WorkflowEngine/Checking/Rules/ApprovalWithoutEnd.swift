extension Rule {
  static let approvalWithoutEnd = Rule(
    "W501", .warning, "approval that may wait for ever",
    why: """
      Nothing ends it when nobody decides, nothing reminds anybody, and no date is promised, so it can be forgotten without \
      anybody noticing.
      """,
    wrong: """
      approve: {type: approval, approvers: [role:finance], then: {...}}
      """,
    right: """
      approve: {type: approval, approvers: [role:finance], due: 2 business days, then: {...}}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard let approval = step.approval, step.expires == nil, step.due == nil, step.escalate.isEmpty,
        approval.levels.allSatisfy({ $0.due == nil && $0.escalate.isEmpty })
      else { return nil }
      return Remark(
        "'\(step.id)' may wait for ever without anybody noticing", at: step.root, focus: .key,
        hint: "add 'due', 'escalate' or 'expires'")
    }
  }
}
