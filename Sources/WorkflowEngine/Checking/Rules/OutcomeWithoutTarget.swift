extension Rule {
  static let outcomeWithoutTarget = Rule(
    "W103", .error, "outcome without a target",
    why: """
      Every step leaves by exactly one outcome, and the process must know where each of them leads. Only `returned` and \
      `withdrawn` may be left out: then nobody can return, and withdrawing cancels the instance.
      """,
    wrong: """
      approve: {type: approval, approvers: [role:hr], expires: 5d, then: {approved: book, rejected: told}}
      """,
    right: """
      approve: {type: approval, approvers: [role:hr], expires: 5d, then: {approved: book, rejected: told, expired: told}}
      """
  ) { subject in
    subject.workflow.steps.flatMap { step in
      step.requiredOutcomes.filter { step.then[$0] == nil }.map { outcome in
        Remark(
          "nothing says where '\(step.id)' leads when it is \(words(outcome))",
          at: step.then.isEmpty ? step.root : step.approvalRoot + ["then"], focus: .key,
          hint: hint(outcome, step))
      }
    }
  }

  private static func words(_ outcome: Outcome) -> String {
    outcome == "not_needed" ? "not needed, because every level has a 'when'" : "'\(outcome)'"
  }

  private static func hint(_ outcome: Outcome, _ step: Step) -> String {
    if step.then.isEmpty, step.requiredOutcomes.count == 1 { return "add 'then: <step>'" }
    if let near = Spelling.nearest(to: outcome, among: step.then.keys.sorted()) {
      return "is '\(near)' meant to be it?"
    }
    return "add '\(outcome): <step>' to its 'then'"
  }
}
