package import CEL

/// A step that could not go on: an incident for an operator.
struct StepFailure: Error {
  var code: String
  var message: String

  static func runaway(_ step: StepID, _ visit: Int) -> StepFailure {
    StepFailure(
      code: "runaway",
      message: "'\(step)' was entered \(visit) times; a cycle that neither waits nor counts is stopped")
  }
}

extension Turn {
  static let visitsOfOneStep = 1_000
  static let movesOfOneCommand = 10_000

  /// Moves ready tokens in order of id, each until it waits, until nothing moves any more.
  mutating func move() {
    repeat {
      while !state.status.isEnded, moveOnce() {}
    } while supersedeStaleApprovals()
    settleTerminal()
  }

  private mutating func moveOnce() -> Bool {
    guard let token = state.tokens.filter({ $0.visit == nil }).min(by: { $0.id < $1.id }) else { return advanceItems() }
    enter(token)
    return true
  }

  private mutating func enter(_ token: Token) {
    moves += 1
    if case .join? = workflow.step(token.step)?.kind { return arrive(token) }
    let visit = (state.counts[token.step] ?? 0) + 1
    emit(.entered(step: token.step, visit: visit, token: token.id))
    standing = carried.removeValue(forKey: token.id)
    defer { standing = nil }
    let place = Place(step: token.step, visit: visit, token: token.id)
    let isItem = state.item(of: token.id) != nil
    guard isItem || visit <= Self.visitsOfOneStep, moves <= Self.movesOfOneCommand else {
      return block(place, .runaway(token.step, visit))
    }
    guard let step = workflow.step(token.step) else {
      return block(place, StepFailure(code: "definition", message: "no step is named '\(token.step)'"))
    }
    open(step, at: place)
  }

  /// Opens a visit that was entered: of an item, or of a step as a whole.
  mutating func open(_ step: Step, at place: Place) {
    do throws(StepFailure) {
      if let each = step.each, state.item(of: place.token) == nil {
        try open(each, step, place)
      } else {
        try open(step, place)
        if state.visit(place.step, place.visit) != nil { try listen(step.onEvent, at: place) }
      }
    } catch {
      block(place, error)
    }
  }

  private mutating func open(_ step: Step, _ place: Place) throws(StepFailure) {
    switch step.kind {
    case .task(let task): try open(task, step, place)
    case .approval(let approval): try open(approval, step, place)
    case .service(let service): try open(service, step, place)
    case .gateway(let gateway): try open(gateway, step, place)
    case .wait(let wait): try open(wait, step, place)
    case .notification(let notification): try open(notification, step, place)
    case .table(let table): try open(table, step, place)
    case .end(let end): try reach(end, step, place)
    case .join: preconditionFailure("joins are arrived at, not entered")
    case .state(let state): try open(state, step, place)
    case .call(let call): try open(call, step, place)
    }
  }

  mutating func block(_ place: Place, _ failure: StepFailure) {
    emit(
      .incident(
        IncidentOpened(
          step: place.step, visit: place.visit, token: place.token, code: failure.code, message: failure.message)))
  }

  /// Finishes a visit: evaluates `set` with `result`, then sends the token on by the outcome. A visit that ended without
  /// its result, because time was up, sets nothing.
  mutating func leave(
    _ place: Place, outcome: Outcome, output: Value, by: PersonID? = nil, reason: String? = nil
  ) throws(StepFailure) {
    guard let step = workflow.step(place.step) else { return }
    if let frame = state.itemFrame(of: place.token) {
      return try endItem(place, in: frame, step, outcome: outcome, output: output, by: by, reason: reason)
    }
    let set =
      step.setsNothing(by: outcome)
      ? Assigned() : try assigned(step.set, in: evaluation(of: step, at: place, result: output))
    guard let target = step.then[outcome] else {
      throw StepFailure(code: "definition", message: "'\(step.id)' has no target for the outcome '\(outcome)'")
    }
    let leaves = step.leave
    emit(
      .left(
        Left(
          step: place.step, visit: place.visit, token: place.token, outcome: outcome, output: output, by: by,
          reason: reason, vars: set.vars, unset: set.unset, to: target)))
    if let leaves { leaveFrame(of: leaves, token: place.token, to: target) }
  }

  /// `set`: all right sides against the old variables, then the writes. What is absent leaves a variable as it is, or
  /// without a value where it was declared without one.
  func assigned(_ assignments: [Assignment], in evaluation: Evaluation) throws(StepFailure) -> Assigned {
    var set = Assigned()
    for assignment in assignments {
      if let value = try evaluation.value(ifPresent: assignment.value, "set.\(assignment.name)") {
        set.vars[assignment.name] = sealed(value.stored, variable: assignment.name)
      } else if state.vars[assignment.name] != nil, workflow.isOptional(variable: assignment.name) {
        set.unset.append(assignment.name)
      }
    }
    return set
  }

  /// A value as the schema of its variable has it kept.
  func sealed(_ value: Value, variable name: String) -> Value {
    let schema = workflow.variables.first { $0.name == name }?.schema
    return schema?.sealing(value, with: context.seal) ?? value
  }

  func evaluation() -> Evaluation { Evaluation(context: context, instance: state) }

  /// In a visit; `result` is the step's own output.
  func evaluation(of step: Step, at place: Place, result: Value? = nil) -> Evaluation {
    Evaluation(
      context: context, instance: state, result: result, of: step, item: state.itemValue(of: place.token))
  }

  /// A root token that has ended without an `end` that named an outcome completes the instance.
  private mutating func settleTerminal() {
    guard !state.status.isEnded, state.tokens.isEmpty, state.visits.isEmpty else { return }
    if let undoing = state.undoing { return takeBackNext(undoing) }
    emit(.completed(outcome: state.outcome ?? "completed", output: (try? finalOutput()) ?? [:]))
  }

  func finalOutput() throws(StepFailure) -> ValueMap {
    var output: ValueMap = [:]
    let evaluation = evaluation()
    for assignment in workflow.output {
      output[assignment.name] = try evaluation.value(ifPresent: assignment.value, "output.\(assignment.name)")?.stored
    }
    return output
  }
}

extension Workflow {
  /// Whether the variable was declared without a first value, and so may have none.
  fileprivate func isOptional(variable name: String) -> Bool {
    variables.contains { $0.name == name && $0.value == nil }
  }
}

/// What `set` does to the variables.
struct Assigned {
  var vars: ValueMap = [:]
  /// Those that had a value and have none any more.
  var unset: [String] = []
}

extension Step {
  /// Time was up before what the step waited for had come.
  fileprivate func setsNothing(by outcome: Outcome) -> Bool {
    if case .wait(let wait) = kind, wait.event != nil, outcome == "elapsed" { return true }
    return outcome == "expired"
  }
}

/// Where in the instance something happens.
struct Place {
  var step: StepID
  var visit: Int
  var token: Int
}

extension Visit {
  var place: Place { Place(step: step, visit: number, token: token) }
}
