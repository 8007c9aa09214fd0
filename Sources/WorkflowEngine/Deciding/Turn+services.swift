package import CEL

extension Turn {
  mutating func open(_ service: ServiceStep, _ step: Step, _ place: Place) throws(StepFailure) {
    let evaluation = evaluation(of: step, at: place)
    var request: ValueMap = [:]
    for parameter in service.parameters {
      request[parameter.name] = try evaluation.filled(parameter.value, "with.\(parameter.name)")
    }
    let timeout: Duration = if case .elapsed(let span)? = service.timeout { span } else { .seconds(30) }
    emit(
      .jobOpened(
        JobOpened(
          step: step.id, visit: place.visit, uses: service.uses, request: request, timeout: timeout,
          timers: try timers(of: step, escalations: step.escalate))))
  }

  mutating func jobDone(_ id: VisitID, attempt: Int, result: Value) {
    guard let (visit, job) = openJob(id, attempt: attempt, outcome: "done"), let step = workflow.step(id.step),
      case .service(let service) = step.kind
    else { return }
    if let undoes = job.undoes {
      return emit(.undone(step: id.step, visit: id.visit, undoes: undoes, by: nil, reason: nil))
    }
    let answer = service.narrowed(result)
    if let violation = service.output?.validate(answer, people: context.policy.people).first {
      return fail(visit, step, service, attempt: attempt, code: "output", message: violation.message)
    }
    let output = service.output?.sealing(answer, with: context.seal) ?? answer
    do throws(StepFailure) {
      let undo = try undo(of: service, step, visit.place, output)
      try leave(visit.place, outcome: "done", output: output)
      if let undo { emit(.undoNoted(undo)) }
    } catch {
      block(visit.place, error)
    }
  }

  mutating func jobFailed(_ id: VisitID, attempt: Int, code: String, message: String) {
    guard let (visit, job) = openJob(id, attempt: attempt, outcome: code), let step = workflow.step(id.step),
      case .service(let service) = step.kind
    else { return }
    if job.undoes != nil {
      return failUndo(visit, service, attempt: attempt, StepFailure(code: code, message: message))
    }
    fail(visit, step, service, attempt: attempt, code: code, message: message)
  }

  /// What was under way when the runner ended. One that was there so often may be what ends it: a person looks first.
  mutating func redeliver() {
    for case .job(let job) in state.owed where job.notBefore ?? context.now <= context.now {
      emit(.redelivered(step: job.step, visit: job.visit))
      guard let visit = state.visit(job.step, job.visit), case .job(let open) = visit.work,
        open.redeliveries >= OpenJob.maximumRedeliveries
      else { continue }
      let message = "the runner ended \(open.redeliveries) times while this was under way; 'retry' does it once more"
      block(visit.place, StepFailure(code: "redelivered", message: message))
    }
  }

  /// The job that a result answers. A result that nobody waits for any more is recorded as late and moves nothing.
  private mutating func openJob(_ id: VisitID, attempt: Int, outcome: String) -> (Visit, OpenJob)? {
    guard let visit = state.visit(id.step, id.visit), case .job(let job) = visit.work, visit.incident == nil,
      job.failures + 1 == attempt
    else {
      emit(.late(job: "\(state.id).\(id.step).\(id.visit)", outcome: outcome))
      return nil
    }
    return (visit, job)
  }

  /// Retries come before everything else.
  private mutating func fail(
    _ visit: Visit, _ step: Step, _ service: ServiceStep, attempt: Int, code: String, message: String
  ) {
    let retryAt = service.retries(code, afterAttempt: attempt).map { context.now.adding($0) }
    emit(
      .attemptFailed(
        AttemptFailed(
          step: step.id, visit: visit.number, attempt: attempt, code: code, message: message, retryAt: retryAt)))
    if retryAt == nil { fail(visit.place, step, StepFailure(code: code, message: message)) }
  }

  /// No further attempt: the first match in `on-error`, then an item whose failure is kept, then an incident.
  mutating func fail(_ place: Place, _ step: Step, _ failure: StepFailure) {
    let error: Value = ["code": .string(failure.code), "message": .string(failure.message)]
    if let route = step.onError.first(where: { $0.code == nil || $0.code == failure.code }) {
      let place = leaveItems(place, step)
      return emit(
        .left(
          Left(
            step: step.id, visit: place.visit, token: place.token, outcome: "error", output: error, to: route.then)))
    }
    if step.each?.keepsFailures == true, state.item(of: place.token) != nil {
      return finish(place, outcome: "failed", output: error, by: nil)
    }
    block(place, failure)
  }
}

extension ServiceStep {
  /// The answer narrowed to `output:`. An http answer is `{status, headers, body}`; a schema that names none of the
  /// three describes the body alone.
  func narrowed(_ result: Value) -> Value {
    guard let output else { return result }
    return output.keepingKnownFields(of: describesBody ? result["body"] ?? .null : result)
  }

  /// An answer that ``narrowed(_:)`` makes this output of.
  func answered(_ output: Value) -> Value {
    describesBody ? ["status": 200, "headers": [:], "body": output] : output
  }

  private var describesBody: Bool {
    let named = output?.source["properties"]?.mapValue?.keys ?? []
    return uses == "http" && !named.isEmpty && Set(named).isDisjoint(with: ["status", "headers", "body"])
  }

  /// The pause before the next attempt; `nil`: there is none.
  func retries(_ code: String, afterAttempt attempt: Int) -> Duration? {
    guard attempt < retry.attempts, retry.matches(code) else { return nil }
    guard idempotent || !isUnknownEffect(code) else { return nil }
    var pause = retry.first
    for _ in 1..<max(1, attempt) where pause < retry.max { pause *= retry.factor }
    return min(pause, retry.max)
  }

  /// A POST or PATCH that may have had its effect: no answer came, or one that does not say.
  private func isUnknownEffect(_ code: String) -> Bool {
    guard uses == "http", case .literal(.string(let method))? = parameters.first(where: { $0.name == "method" })?.value,
      ["POST", "PATCH"].contains(method.uppercased())
    else { return false }
    return code == "timeout" || code == "network" || code.hasPrefix("http.5")
  }
}

extension Retry {
  func matches(_ code: String) -> Bool {
    guard let on else {
      return ["network", "timeout", "http.408", "http.429"].contains(code) || code.hasPrefix("http.5")
    }
    return on.contains { $0 == code || ($0.hasSuffix("*") && code.hasPrefix($0.dropLast())) }
  }
}

extension Duration {
  fileprivate static func *= (duration: inout Duration, factor: Double) {
    duration = .milliseconds(Int64((duration / .milliseconds(1) * factor).rounded()))
  }
}
