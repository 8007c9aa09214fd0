package import CEL

/// State machines: a state is a visit that offers moves, a move is how it ends.
extension Turn {
  mutating func open(_ state: StateStep, _ step: Step, _ place: Place) throws(StepFailure) {
    if state.isFinal { return try reach(EndStep(outcome: step.id), step, place) }
    let offers = try offers(of: state, step, place)
    if let approval = state.approval {
      try open(approval, step, place)
      guard self.state.visit(place.step, place.visit) != nil, !offers.isEmpty else { return }
      return emit(.stateOpened(StateOpened(step: step.id, visit: place.visit, offers: offers, due: nil, timers: [])))
    }
    guard offers.contains(where: { $0.pool?.isEmpty != true }) else {
      let asked = state.moves.flatMap(\.by).map(\.description).joined(separator: ", ")
      throw StepFailure(code: "nobody", message: "the moves of '\(step.id)' are up to \(asked), which is nobody now")
    }
    emit(
      .stateOpened(
        StateOpened(
          step: step.id, visit: place.visit, offers: offers,
          due: try due(after: step.due),
          timers: try timers(of: step, escalations: step.escalate))))
    let movers = self.state.visit(place.step, place.visit)?.movers ?? []
    ask(movers.filter { $0 != command.principal }, step, visit: place.visit)
  }

  private func offers(of state: StateStep, _ step: Step, _ place: Place) throws(StepFailure) -> [Offer] {
    let evaluation = evaluation(of: step, at: place)
    var offers: [Offer] = []
    for (index, move) in state.moves.enumerated() {
      let pool = move.by.isEmpty ? nil : try resolve(move.by, evaluation).map(\.person)
      offers.append(Offer(move: move.name, index: index, pool: pool))
    }
    return offers
  }

  // MARK: Moving

  mutating func move(_ name: String, step: StepID?, visit number: Int?, result: Value) throws(Rejection) {
    let visit = try openVisit(step: step, visit: number, what: "state") { visit in
      visit.offers.contains { $0.move == name }
    } isKind: {
      !$0.offers.isEmpty
    }
    let named = visit.offers.filter { $0.move == name }
    guard !named.isEmpty else {
      let known = visit.offers.map(\.move)
      throw Rejection(
        .notFound, "'\(visit.step)' of \(state.id) has no move '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? "its moves are \(visit.moves.joined(separator: ", "))")
    }
    let mine = named.filter { $0.pool?.contains(command.principal) == true }
    guard !mine.isEmpty else {
      let people = Set(named.flatMap { $0.pool ?? [] }).sorted()
      throw Rejection(
        .notAllowed, "'\(name)' of \(state.id) is not up to \(command.principal)",
        hint: people.isEmpty ? "only the event '\(name)' makes it" : "it is up to \(people.joined(separator: ", "))")
    }
    try make(mine, in: visit, result: result, isMessage: false)
  }

  /// The first of the moves that is true wins; none: refused, with the reason.
  mutating func make(_ offers: [Offer], in visit: Visit, result: Value, isMessage: Bool) throws(Rejection) {
    guard let step = workflow.step(visit.step), case .state(let definition) = step.kind else { return }
    guard visit.incident == nil else {
      throw Rejection(.conflict, "'\(visit.step)' of \(state.id) is blocked: \(visit.incident?.message ?? "")")
    }
    var untrue: [String] = []
    var misfit: Rejection?
    for offer in offers where definition.moves.indices.contains(offer.index) {
      let move = definition.moves[offer.index]
      var output = result
      if !isMessage {
        do throws(Rejection) { output = try accepted(result, by: move.form, of: "move", prefill: [:]) } catch {
          misfit = misfit ?? error
          continue
        }
      }
      do throws(StepFailure) {
        let type = isMessage ? declared(move.name)?.schema?.celType : move.form?.celType
        let evaluation = Evaluation(context: context, instance: state, result: output, as: type ?? .dyn)
        if let when = move.when, try !evaluation.truth(of: when, "moves.\(move.name).when") {
          untrue.append(when.source)
          continue
        }
        return emit(
          move, visit, output, try assigned(move.set, in: evaluation), by: isMessage ? nil : command.principal)
      } catch {
        throw Rejection(.conflict, error.message)
      }
    }
    if untrue.isEmpty, let misfit { throw misfit }
    throw Rejection(
      .conflict,
      "'\(offers[0].move)' cannot be made now: \(untrue.map { "`\($0)`" }.joined(separator: " and ")) "
        + (untrue.count == 1 ? "does not hold" : "do not hold"))
  }

  private mutating func emit(_ move: StateStep.Move, _ visit: Visit, _ output: Value, _ set: Assigned, by: PersonID?) {
    guard let to = move.then else {
      return emit(
        .stayed(
          Stayed(
            step: visit.step, visit: visit.number, move: move.name, by: command.principal, output: output,
            vars: set.vars,
            unset: set.unset)))
    }
    emit(
      .left(
        Left(
          step: visit.step, visit: visit.number, token: visit.token, outcome: move.name, output: output,
          by: by, vars: set.vars, unset: set.unset, to: to)))
  }

  private func declared(_ event: String) -> MessageDeclaration? { workflow.events.first { $0.name == event } }
}
