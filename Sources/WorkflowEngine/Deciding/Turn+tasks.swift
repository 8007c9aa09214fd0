package import CEL

extension Turn {
  mutating func open(_ task: TaskStep, _ step: Step, _ place: Place) throws(StepFailure) {
    let evaluation = evaluation(of: step, at: place)
    let pool = try resolve(task.assignees, evaluation).map(\.person)
    guard !pool.isEmpty else {
      throw StepFailure(
        code: "nobody",
        message: "'\(step.id)' asks \(task.assignees.map(\.description).joined(separator: ", ")), which is nobody now")
    }
    var prefill: ValueMap = [:]
    for field in task.prefill {
      prefill[field.name] = try evaluation.value(ifPresent: field.value, "prefill.\(field.name)")?.stored
    }
    prefill = task.form?.sealing(.map(prefill), with: context.seal).mapValue ?? prefill
    emit(
      .taskOpened(
        TaskOpened(
          step: step.id, visit: place.visit, pool: pool, prefill: prefill,
          shown: try evaluation.shown(task.show ?? []),
          due: try due(after: step.due),
          timers: try timers(of: step, escalations: step.escalate))))
    ask(pool, step, visit: place.visit)
  }

  mutating func complete(
    step: StepID?, visit: Int?, outcome: Outcome?, result: Value
  ) throws(Rejection) {
    let open = try openVisit(step: step, visit: visit, what: "task") { visit in
      if case .task(let task) = visit.work { task.pool.contains(command.principal) } else { false }
    } isKind: {
      if case .task = $0.work { true } else { false }
    }
    guard case .task(let task) = open.work, let definition = workflow.step(open.step),
      case .task(let asked) = definition.kind
    else { return }
    guard task.pool.contains(command.principal) else {
      throw Rejection(
        .notAllowed,
        "'\(definition.label)' of \(state.id) asks \(task.pool.joined(separator: ", ")), not \(command.principal)")
    }
    let chosen = try chosenOutcome(outcome, of: asked.outcomes)
    let result = try accepted(result, by: asked.form, of: "task", prefill: task.prefill)
    finish(open.place, outcome: chosen, output: result, by: command.principal)
  }

  private func chosenOutcome(_ outcome: Outcome?, of outcomes: [Outcome]) throws(Rejection) -> Outcome {
    guard let outcome else {
      guard outcomes.count == 1 else {
        throw Rejection(.ambiguous, "say how it ended: \(outcomes.joined(separator: ", "))")
      }
      return outcomes[0]
    }
    guard outcomes.contains(outcome) else {
      throw Rejection(.invalid, "'\(outcome)' is not one of \(outcomes.joined(separator: ", "))")
    }
    return outcome
  }

  /// Form values as recorded. Without any, the form is sent as it was prefilled; a field that is left out was cleared.
  func accepted(
    _ result: Value, by form: Schema?, of what: String, prefill: ValueMap
  ) throws(Rejection) -> Value {
    guard let form else {
      guard result == .null || result == .map([:]) else {
        throw Rejection(.invalid, "this \(what) has no form to fill in")
      }
      return .map([:])
    }
    guard case .map(let fields) = result == .null ? .map(prefill) : result else {
      throw Rejection(.invalid, "the result is a mapping of the form's fields")
    }
    let filled = form.applyingDefaults(to: .map(fields))
    try refuse(violations: form.validate(filled, people: context.policy.people), of: "form")
    return form.sealing(filled, with: context.seal)
  }

  /// Leaves a visit; what the definition cannot evaluate then becomes an incident.
  mutating func finish(_ place: Place, outcome: Outcome, output: Value, by: PersonID?, reason: String? = nil) {
    do throws(StepFailure) {
      try leave(place, outcome: outcome, output: output, by: by, reason: reason)
    } catch {
      block(place, error)
    }
  }

  mutating func comment(_ text: String, step: StepID?) throws(Rejection) {
    try authorizeView()
    let text = text.trimmingSpaces
    guard !text.isEmpty else { throw Rejection(.invalid, "a comment has words") }
    emit(.commented(by: command.principal, text: text, step: step))
  }

  /// The one open approval that a command means.
  func openApproval(
    step: StepID?, visit: Int?, fits: (Visit, OpenApproval) -> Bool = { _, _ in true }
  ) throws(Rejection) -> (visit: Visit, open: OpenApproval) {
    let found = try openVisit(step: step, visit: visit, what: "approval") { visit in
      visit.approval.map { fits(visit, $0) } ?? false
    } isKind: {
      $0.approval != nil
    }
    guard let open = found.approval else { throw Rejection(.closed, "\(state.id) has no open approval") }
    return (found, open)
  }

  /// The one open visit that a command means; what it lacks is derived where only one fits.
  func openVisit(
    step: StepID?, visit: Int?, what: String, fits: (Visit) -> Bool, isKind: (Visit) -> Bool
  ) throws(Rejection) -> Visit {
    let candidates = state.visits.filter {
      isKind($0) && (step == nil || $0.step == step) && (visit == nil || $0.number == visit)
    }
    if let step, candidates.isEmpty {
      let past = state.counts[step] ?? 0
      throw past > 0
        ? Rejection(.closed, "'\(step)' of \(state.id) is no longer open")
        : Rejection(.notFound, "\(state.id) has no open \(what) '\(step)'")
    }
    guard !candidates.isEmpty else { throw noneOpen(what) }
    if candidates.count == 1 { return candidates[0] }
    let fitting = candidates.filter(fits)
    if fitting.count == 1 { return fitting[0] }
    let isOneStep = Set(candidates.map(\.step)).count == 1
    throw Rejection(
      .ambiguous,
      "\(state.id) has \(candidates.count) open \(what)s: \(candidates.map(\.step).joined(separator: ", "))",
      hint: isOneStep ? "name the visit: \(state.id).\(candidates[0].step).\(candidates[0].number)" : "name the step")
  }

  private func noneOpen(_ what: String) -> Rejection {
    let steps = state.visits.map { "'\($0.step)'" }.joined(separator: ", ")
    return Rejection(.closed, "\(state.id) has no open \(what)", hint: steps.isEmpty ? nil : "it waits at \(steps)")
  }
}
