extension Rule {
  static let unreachableStep = Rule(
    "W101", .error, "unreachable step",
    why: "No way from `start` leads to the step, so it never runs. Usually a `then` names another step than was meant.",
    wrong: """
      start: review
      steps:
        review: {type: approval, approvers: [role:finance], then: {approved: done, rejected: done}}
        pay: {type: service, uses: http, with: {...}, then: done}   # nothing leads here
      """,
    right: """
      review: {type: approval, approvers: [role:finance], then: {approved: pay, rejected: done}}
      """
  ) { subject in
    subject.workflow.steps.enumerated().filter { !subject.graph.isReachable($0.offset) }.map { _, step in
      Remark(
        "nothing leads to the \(step.root[0] == "states" ? "state" : "step") '\(step.id)'", at: step.root, focus: .key,
        hint: "lead a 'then' to it, or delete it")
    }
  }
}
