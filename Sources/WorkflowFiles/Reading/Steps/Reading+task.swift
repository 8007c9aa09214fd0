import WorkflowEngine

extension Reading {
  func task(_ fields: Fields) -> TaskStep {
    var task = TaskStep(assignees: fields.selectors("assignees") ?? [])
    task.form = fields.schema("form")
    task.prefill = fields.assignments("prefill") ?? []
    task.show = fields.assignments("show", areLabels: true)
    if let node = fields["outcomes"] {
      task.outcomes = list(node)?.compactMap { id($0, "an outcome") } ?? []
      reportDoubles(task.outcomes, at: node)
    }
    return task
  }

  private func reportDoubles(_ outcomes: [Outcome], at node: YAMLNode) {
    if outcomes.isEmpty {
      report(.missingKey, "a task needs at least one outcome", at: node, hint: "remove 'outcomes'")
    }
    var seen: Set<Outcome> = []
    for outcome in outcomes where !seen.insert(outcome).inserted {
      report(.conflict, "the outcome '\(outcome)' is listed twice", at: node.items?.last { $0.text == outcome } ?? node)
    }
  }
}
