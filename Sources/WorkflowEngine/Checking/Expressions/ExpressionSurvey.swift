import CEL

/// Every expression of a workflow with what the type checker says of it, and what is certain where it is evaluated.
struct ExpressionSurvey: Sendable {
  struct Checked: Sendable {
    let place: ExpressionPlace
    let type: Type
    /// What does not go together.
    let mistakes: [ExpressionError]
    /// Fields that are read although they may be absent.
    let absent: [ExpressionError]
    /// The name that gets the value here may get none.
    let mayBeAbsent: Bool

    /// The type of the value, where there is one.
    var valueType: Type {
      if mayBeAbsent, case .optional(let inner) = type { return inner }
      return type
    }

    var references: [Reference] { place.formula.expression.references }
  }

  let checked: [Checked]
  let certainty: Certainty
  /// The ends at which the workflow's output is made.
  let ends: [Int]

  init(of workflow: Workflow, types: WorkflowTypes, settings: Settings, graph: StepGraph) {
    let places = ExpressionCollector.places(in: workflow)
    let scopes = ExpressionScopes(workflow: workflow, types: types, settings: settings, graph: graph)
    let unset = Set(workflow.variables.filter { $0.value == nil }.map(\.name))
    checked = places.map { place in
      let path = place.allowsAbsence ? place.formula.expression.path : nil
      var environment = scopes.environment(at: place)
      environment.unguardedOptionalFields = false
      let strict = place.formula.expression.check(in: environment)
      guard !strict.errors.isEmpty else {
        let isUnset = path?.first == "vars" && path?.count == 2 && unset.contains(path?.last ?? "")
        let isOptional = if case .optional = strict.type { place.allowsAbsence } else { false }
        return Checked(
          place: place, type: strict.type, mistakes: [], absent: [], mayBeAbsent: isUnset || isOptional)
      }
      environment.unguardedOptionalFields = true
      let result = place.formula.expression.check(in: environment)
      let known = Set(result.errors)
      let absent = strict.errors.filter { !known.contains($0) }
      return Checked(
        place: place, type: result.type, mistakes: result.errors, absent: path == nil ? absent : [],
        mayBeAbsent: path != nil)
    }
    let unsure = checked.compactMap { checked -> Certainty.Assigned? in
      guard checked.mayBeAbsent, case .set(let name) = checked.place.use else { return nil }
      return checked.place.step.map { Certainty.Assigned(step: $0, name: name) }
    }
    certainty = Certainty(of: workflow, graph, facts: Self.facts(places, workflow, graph), unsure: Set(unsure))
    ends = workflow.steps.indices.filter { workflow.steps[$0].isEnd && graph.isReachable($0) }
  }

  /// The facts that some expression asks about without guarding itself.
  private static func facts(
    _ places: [ExpressionPlace], _ workflow: Workflow, _ graph: StepGraph
  ) -> Set<Certainty.Fact> {
    let unset = Set(workflow.variables.filter { $0.value == nil }.map(\.name))
    var facts: Set<Certainty.Fact> = []
    for place in places {
      for reference in place.formula.expression.references where !reference.isGuarded && reference.path.count > 1 {
        if reference.path[0] == "vars", unset.contains(reference.path[1]) { facts.insert(.isSet(reference.path[1])) }
        if reference.path[0] == "steps", let step = graph.index[reference.path[1]] {
          facts.insert(.finished(step))
          facts.insert(.hasResult(step))
        }
      }
    }
    return facts
  }

  func holds(_ fact: Certainty.Fact, at place: ExpressionPlace) -> Bool {
    place.step.map { certainty.holds(fact, enteringStep: $0) } ?? certainty.holds(fact, enteringAll: ends)
  }
}

/// What expressions can name where they stand, with types. Names that no rule of types should speak of (unknown variables,
/// steps, settings) are open here; they have rules of their own.
struct ExpressionScopes {
  private let workflow: Workflow
  private let types: WorkflowTypes
  private let graph: StepGraph
  private let common: [String: Type]
  private let variables: [Record.Field]

  init(workflow: Workflow, types: WorkflowTypes, settings: Settings, graph: StepGraph) {
    self.workflow = workflow
    self.types = types
    self.graph = graph
    variables = workflow.variables.map {
      Record.Field(name: $0.name, type: types.vars[$0.name] ?? .dyn, isRequired: true)
    }
    let config = settings.config.stringPairs.map { Record.Field(name: $0.0, type: Type(of: $0.1), isRequired: true) }
    common = [
      "input": Self.opened(workflow.input?.filledType ?? .record(Record(fields: []))),
      "vars": .record(Record(fields: variables, isOpen: true)),
      "instance": WorkflowTypes.instance, "config": .record(Record(fields: config, isOpen: true)),
      "now": .timestamp, "secrets": .map(.string, .string), "result": .dyn,
    ]
  }

  func environment(at place: ExpressionPlace) -> Environment {
    var names = common
    names["steps"] = stepsType(place.formula.expression.references)
    if let step = place.step.map({ workflow.steps[$0] }) {
      if let move = place.move {
        names["result"] = resultType(ofMove: move, step)
      } else if case .set = place.use {
        names["result"] = step.resultType(types) ?? .dyn
      }
      if place.isInUndo { names["result"] = step.visitType(types) ?? .dyn }
      if place.use == .until { names["output"] = step.resultType(types) }
      if step.each != nil, place.use != .list { names["item"] = types.items[step.id] ?? .dyn }
    }
    return Environment(variables: names)
  }

  /// The form, or what the event of the move's name carries.
  private func resultType(ofMove index: Int, _ step: Step) -> Type {
    guard case .state(let state) = step.kind else { return .dyn }
    let move = state.moves[index]
    let schema = move.by.isEmpty ? workflow.events.first { $0.name == move.name }?.schema : move.form
    return schema?.filledType ?? .record(Record(fields: []))
  }

  /// Only the steps that the expression names: there may be thousands of others.
  private func stepsType(_ references: [Reference]) -> Type {
    var seen: Set<String> = []
    let names = references.compactMap { $0.path.count > 1 && $0.path[0] == "steps" ? $0.path[1] : nil }
    let fields = names.filter { seen.insert($0).inserted }.map { name in
      Record.Field(
        name: name, type: graph.index[name].map { visitType(workflow.steps[$0]) } ?? .dyn, isRequired: true)
    }
    return .record(Record(fields: fields, isOpen: true))
  }

  /// `steps.<id>.{output, outcome, by, decisions, visits}`
  private func visitType(_ step: Step) -> Type {
    // After an error the output is `{code, message}`; after a message that ended the visit, its payload.
    let result = step.resultType(types) ?? .dyn
    let output = step.onError.isEmpty && !step.onEvent.contains(where: \.cancels) ? result : Self.opened(result)
    return .record(
      Record(fields: [
        Record.Field(name: "output", type: output, isRequired: true),
        Record.Field(name: "outcome", type: .string, isRequired: true),
        Record.Field(name: "by", type: .string, isRequired: true),
        Record.Field(name: "decisions", type: .list(.map(.string, .dyn)), isRequired: true),
        Record.Field(name: "visits", type: .int, isRequired: true),
      ]))
  }

  /// With other fields than those that are known.
  private static func opened(_ type: Type) -> Type {
    guard case .record(let record) = type else { return type }
    return .record(Record(fields: record.fields, isOpen: true))
  }
}
