extension Rule {
  static let unreachableStep = Rule(
    "W101", "unreachable step",
    explanation: """
      No path from `start` leads to the step, so it never runs. Usually a `then` names another step than was meant.

          start: review
          steps:
            review: {type: approval, approvers: [role:finance], then: {approved: done, rejected: done}}
            pay: {type: service, uses: http, with: {...}, then: done}   # nothing leads here

      Lead a step to it, or delete it.
      """
  ) { subject in
    subject.workflow.steps.filter { !subject.graph.reachable.contains($0.id) }.map { step in
      Diagnostic(
        "W101", .error, "nothing leads to the step '\(step.id)'", at: ["steps", .key(step.id)], focus: .key,
        hint: "lead a 'then' to it, or delete it")
    }
  }
}
