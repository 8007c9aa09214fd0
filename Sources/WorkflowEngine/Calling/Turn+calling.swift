import CEL

/// `call`: another workflow as a child. Starting it is owed work of the runner; its end comes back as a command.
extension Turn {
  mutating func open(_ call: CallStep, _ step: Step, _ place: Place) throws(StepFailure) {
    guard let callee = context.callee(call.workflow) else {
      throw StepFailure(code: CallStep.refused, message: "no workflow is named '\(call.workflow)' now")
    }
    guard state.caller?.depth ?? 0 < Caller.deepest - 1 else {
      throw StepFailure(
        code: CallStep.refused, message: "\(state.id) is the \(Caller.deepest)th of its line; it calls no further")
    }
    let evaluation = evaluation(of: step, at: place)
    var input: ValueMap = [:]
    for field in call.input {
      input[field.name] = try evaluation.value(ifPresent: field.value, "input.\(field.name)")?.stored
    }
    emit(
      .callOpened(
        CallOpened(
          step: step.id, visit: place.visit, workflow: call.workflow, version: callee.version, input: input,
          about: concerned(evaluation), timers: try timers(of: step, escalations: step.escalate))))
  }

  /// Whom the approvals here are about, as far as that is known yet.
  private func concerned(_ evaluation: Evaluation) -> [PersonID] {
    var people = state.about
    for about in workflow.steps.compactMap(\.approval).flatMap(\.levels).compactMap(\.about) {
      guard case .string(let person)? = try? evaluation.value(of: about, "about"), !people.contains(person) else {
        continue
      }
      people.append(person)
    }
    return people
  }

  mutating func childStarted(_ id: VisitID, child: InstanceID) {
    guard let call = state.visit(id.step, id.visit)?.call, call.child == nil else { return }
    emit(.childStarted(step: id.step, visit: id.visit, child: child))
  }

  /// The child could not start: its input does not hold, or its version is gone.
  mutating func childRefused(_ id: VisitID, message: String) {
    guard let visit = state.visit(id.step, id.visit), visit.call?.child == nil, visit.incident == nil,
      let step = workflow.step(id.step)
    else { return }
    fail(visit.place, step, StepFailure(code: CallStep.refused, message: message))
  }

  /// The step leaves by the child's outcome. A child that was cancelled has none: it has failed, unless the file says
  /// where `cancelled` leads.
  mutating func childEnded(_ id: VisitID, child: InstanceID, outcome: Outcome, output: ValueMap) {
    guard let visit = state.visit(id.step, id.visit), visit.call?.child == child, let step = workflow.step(id.step)
    else {
      return emit(.late(job: child.description, outcome: outcome))
    }
    guard outcome != "cancelled" || step.then["cancelled"] != nil else {
      return fail(visit.place, step, StepFailure(code: "child.failed", message: "\(child) was cancelled"))
    }
    finish(visit.place, outcome: outcome, output: .map(output), by: nil)
  }

  /// Its caller waits no longer.
  mutating func abandon(reason: String) {
    guard state.undoing == nil else { return }
    giveUp(by: command.principal, reason: reason)
  }
}
