package import CEL

/// What operators do: every act is recorded with who and why.
extension Turn {
  mutating func retry(step: StepID?, reason: String?) throws(Rejection) {
    try authorizeOperate()
    let visit = try incident(at: step)
    emit(.retried(step: visit.step, visit: visit.number, by: command.principal, reason: reason))
  }

  /// Goes on as if the step had ended, with an outcome and a result that the operator gives.
  mutating func skip(step: StepID?, outcome: Outcome?, result: Value?, reason: String) throws(Rejection) {
    try authorizeOperate()
    let visit = try incident(at: step)
    guard let definition = workflow.step(visit.step) else { return }
    switch definition.kind {
    case .approval, .gateway, .join:
      throw Rejection(.notAllowed, "a \(definition.type) is never skipped; mend what blocks it, then retry, or cancel")
    default: break
    }
    let known = definition.then.keys.sorted()
    guard let outcome = outcome ?? (known.count == 1 ? known[0] : nil), known.contains(outcome) else {
      throw Rejection(.invalid, "say which outcome '\(visit.step)' is skipped with: \(known.joined(separator: ", "))")
    }
    guard !reason.trimmingSpaces.isEmpty else { throw Rejection(.invalid, "say why: skipping needs a reason") }
    finish(visit.place, outcome: outcome, output: result ?? .map([:]), reason: reason)
  }

  private func incident(at step: StepID?) throws(Rejection) -> Visit {
    let blocked = state.visits.filter { $0.incident != nil && (step == nil || $0.step == step) }
    guard let first = blocked.first else {
      throw Rejection(.conflict, step.map { "'\($0)' has no incident" } ?? "\(state.id) has no incident")
    }
    guard blocked.count == 1 else {
      throw Rejection(
        .ambiguous, "\(state.id) has incidents at \(blocked.map(\.step).joined(separator: ", "))", hint: "name the step"
      )
    }
    return first
  }

  mutating func suspend(reason: String?) throws(Rejection) {
    try authorizeOperate()
    guard !state.isSuspended else { throw Rejection(.conflict, "\(state.id) is already suspended") }
    emit(.suspended(by: command.principal, reason: reason))
  }

  mutating func resume(reason: String?) throws(Rejection) {
    try authorizeOperate()
    guard state.isSuspended else { throw Rejection(.conflict, "\(state.id) is not suspended") }
    emit(.resumed(by: command.principal, reason: reason))
  }

  /// An operator, or the initiator as long as nobody has decided or done anything.
  mutating func cancel(reason: String?) throws(Rejection) {
    let isUntouched = command.principal == state.initiator && state.results.values.allSatisfy { $0.by == nil }
    if !isUntouched { try authorizeOperate() }
    emit(.cancelled(by: command.principal, reason: reason))
  }
}
