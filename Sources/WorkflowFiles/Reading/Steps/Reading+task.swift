import WorkflowEngine

extension Reading {
  func task(_ fields: Fields) -> TaskStep {
    var task = TaskStep(assignees: fields.selectors("assignees") ?? [])
    task.form = fields.form("form")
    task.prefill = fields.assignments("prefill") ?? []
    task.show = fields.assignments("show", areLabels: true)
    if let node = fields["outcomes"] {
      task.outcomes = list(node)?.compactMap { id($0, "an outcome") } ?? []
      reportDoubles(task.outcomes, at: node)
      var seen: Set<Outcome> = []
      task.outcomes = task.outcomes.filter { seen.insert($0).inserted }
    }
    return task
  }

  private func reportDoubles(_ outcomes: [Outcome], at node: YAMLNode) {
    if outcomes.isEmpty {
      report(.missingKey, "a task needs at least one outcome", at: node, hint: "remove 'outcomes'")
    }
    if let expired = node.items?.first(where: { $0.text == "expired" }) {
      report(
        .conflict, "'expired' is what time does, not a button", at: expired,
        hint: "give the step 'expires', or call the button otherwise")
    }
    var seen: Set<Outcome> = []
    for outcome in outcomes where !seen.insert(outcome).inserted {
      report(.conflict, "the outcome '\(outcome)' is listed twice", at: node.items?.last { $0.text == outcome } ?? node)
    }
  }
}
