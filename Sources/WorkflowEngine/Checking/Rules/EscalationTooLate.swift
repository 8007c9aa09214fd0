extension Rule {
  static let escalationTooLate = Rule(
    "W504", .warning, "escalation after the expiry",
    why: "When the escalation would happen, the step has already given up.",
    wrong: """
      expires: 2 business days
      escalate: [{after: 3 business days, remind: true}]
      """,
    right: """
      expires: 5 business days
      escalate: [{after: 3 business days, remind: true}]
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      guard let expires = step.expires else { return [] }
      var lists = [(step.escalate, step.root)]
      if let approval = step.approval {
        lists += approval.levels.enumerated().map { ($1.escalate, step.path(ofLevel: $0, of: approval)) }
      }
      return lists.flatMap { escalations, path in
        escalations.enumerated().filter {
          !$1.after.isShorter(than: expires) && ($1.after == expires || expires.isShorter(than: $1.after))
        }
        .map { index, escalation in
          Remark(
            "this never happens: '\(step.id)' expires after \(expires)",
            at: path + ["escalate", .index(index), "after"], hint: "make it shorter than \(expires)")
        }
      }
    }
  }
}
