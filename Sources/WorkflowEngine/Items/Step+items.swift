extension Step {
  /// By what one item of an `each` can end, time and failures aside.
  var itemOutcomes: [Outcome] {
    switch kind {
    case .task(let task): task.outcomes
    case .approval: ["approved", "not_needed", "rejected"]
    default: ["done"]
    }
  }
}
