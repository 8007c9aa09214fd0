import CEL

/// `undo`: finished visits of services are taken back, newest first, one after the other.
extension Turn {
  /// What would take the visit back; `with` reads `result`, and `item`, as they are now.
  func undo(of service: ServiceStep, _ step: Step, _ place: Place, _ result: Value) throws(StepFailure) -> NotedUndo? {
    guard let undo = service.undo else { return nil }
    let evaluation = evaluation(of: step, at: place, result: result)
    var request: ValueMap = [:]
    for parameter in undo.parameters {
      request[parameter.name] = try evaluation.filled(parameter.value, "undo.with.\(parameter.name)")
    }
    return NotedUndo(step: step.id, visit: place.visit, uses: undo.uses, request: request)
  }

  /// Ends the instance as cancelled, once what it has done is taken back.
  mutating func giveUp(by principal: PersonID, reason: String?) {
    guard !state.undos.isEmpty else { return emit(.cancelled(by: principal, reason: reason)) }
    emit(.undoBegun(Undoing(by: principal, reason: reason)))
  }

  /// Ends the instance with an outcome; an `end` with `undo` takes back first what was done.
  mutating func conclude(outcome: Outcome, output: ValueMap, takingBack: Bool) {
    guard takingBack, !state.undos.isEmpty else { return emit(.completed(outcome: outcome, output: output)) }
    emit(.undoBegun(Undoing(by: nil, outcome: outcome, output: output)))
  }

  /// Takes the newest finished visit back that is left, or ends what was begun.
  mutating func takeBackNext(_ undoing: Undoing) {
    if let next = state.undos.last {
      emit(
        .undoOpened(
          step: next.step, visit: (state.counts[next.step] ?? 0) + 1, token: state.lastToken + 1, undoes: next.visit))
    } else if let outcome = undoing.outcome {
      emit(.completed(outcome: outcome, output: undoing.output))
    } else {
      emit(.cancelled(by: undoing.by ?? command.principal, reason: undoing.reason))
    }
  }

  /// An attempt to take something back has failed: a retry, else an incident.
  mutating func failUndo(_ visit: Visit, _ service: ServiceStep, attempt: Int, _ failure: StepFailure) {
    guard let undo = service.undo else { return }
    let request = ServiceStep(uses: undo.uses, parameters: undo.parameters)
    let retryAt = request.retries(failure.code, afterAttempt: attempt).map { context.now.adding($0) }
    emit(
      .attemptFailed(
        AttemptFailed(
          step: visit.step, visit: visit.number, attempt: attempt, code: failure.code, message: failure.message,
          retryAt: retryAt)))
    if retryAt == nil { block(visit.place, failure) }
  }
}

extension Visit {
  /// The visit that this one takes back.
  package var undoes: Int? {
    guard case .job(let job) = work else { return nil }
    return job.undoes
  }
}
