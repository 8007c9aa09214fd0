package import CEL

/// What operators do: every act is recorded with who and why.
extension Turn {
  mutating func retry(step: StepID?, reason: String?) throws(Rejection) {
    try authorizeOperate()
    for visit in try incidents(at: step) {
      emit(.retried(step: visit.step, visit: visit.number, by: command.principal, reason: reason))
    }
  }

  /// Ends the visit of an open approval, with whatever was decided on it; a new one asks those who are selected now.
  mutating func reopen(step: StepID?, visit: Int?, reason: String?) throws(Rejection) {
    try authorizeOperate()
    guard let reason, !reason.trimmingSpaces.isEmpty else {
      throw Rejection(.invalid, "say why: asking anew needs a reason")
    }
    let (visit, open) = try openApproval(step: step, visit: visit)
    try refuseHearsay(open)
    emit(.reopened(step: visit.step, visit: visit.number, by: command.principal, reason: reason))
  }

  /// Goes on as if the step had ended, with an outcome and a result that the operator gives.
  mutating func skip(step: StepID?, outcome: Outcome?, result: Value?, reason: String) throws(Rejection) {
    try authorizeOperate()
    let visits = try incidents(at: step)
    guard let definition = workflow.step(visits[0].step) else { return }
    switch definition.kind {
    case .approval, .gateway, .join:
      throw Rejection(.notAllowed, "a \(definition.type) is never skipped; mend what blocks it, then retry, or cancel")
    default: break
    }
    guard !reason.trimmingSpaces.isEmpty else { throw Rejection(.invalid, "say why: skipping needs a reason") }
    if let undoes = visits[0].undoes {
      return emit(
        .undone(
          step: definition.id, visit: visits[0].number, undoes: undoes, by: command.principal, reason: reason))
    }
    let isItem = state.item(of: visits[0].token) != nil
    let known = isItem ? definition.itemOutcomes : definition.then.keys.sorted()
    guard let outcome = outcome ?? (known.count == 1 ? known[0] : nil), known.contains(outcome) else {
      throw Rejection(
        .invalid, "say which outcome '\(definition.id)' is skipped with: \(known.joined(separator: ", "))")
    }
    let output = definition.resultSchema?.sealing(result ?? .map([:]), with: context.seal) ?? result ?? .map([:])
    for visit in visits where state.visit(visit.step, visit.number) != nil {
      finish(visit.place, outcome: outcome, output: output, by: command.principal, reason: reason)
    }
  }

  /// The incidents of one step: several only of an `each`, which are dealt with alike.
  private func incidents(at step: StepID?) throws(Rejection) -> [Visit] {
    let blocked = state.visits.filter { $0.incident != nil && (step == nil || $0.step == step) }
    guard let first = blocked.first else {
      throw Rejection(.conflict, step.map { "'\($0)' has no incident" } ?? "\(state.id) has no incident")
    }
    guard blocked.allSatisfy({ $0.step == first.step }) else {
      let steps = Set(blocked.map(\.step)).sorted().joined(separator: ", ")
      throw Rejection(.ambiguous, "\(state.id) has incidents at \(steps)", hint: "name the step")
    }
    return blocked
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
    let isUntouched =
      command.principal == state.initiator && workflow.steps.allSatisfy { state.workers(at: $0).isEmpty }
    if !isUntouched { try authorizeOperate() }
    guard state.undoing == nil else {
      throw Rejection(
        .conflict, "\(state.id) is being taken back already", hint: "retry or skip what cannot be taken back")
    }
    giveUp(by: command.principal, reason: reason)
  }
}
