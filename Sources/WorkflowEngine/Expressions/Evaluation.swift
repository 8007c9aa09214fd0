package import CEL

/// Evaluates the expressions of one step at one moment: what is in scope, and how a failure reads.
struct Evaluation {
  let context: Context
  let instance: Instance?
  /// What only this moment has: `result`, `item`, `output`, and first values of variables.
  private var given: ValueMap = [:]

  /// In a running instance; `result` is the step's own output.
  ///
  /// - Parameter type: that of the result, where it is not the step's.
  init(context: Context, instance: Instance, result: Value, as type: Type) {
    self.init(context: context, instance: instance)
    given["result"] = result.typed(as: type)
  }

  init(context: Context, instance: Instance, result: Value? = nil, of step: Step? = nil, item: Value? = nil) {
    self.context = context
    self.instance = instance
    guard let step else { return }
    let types = context.definition.types
    if let item { given["item"] = item.typed(as: types.items[step.id] ?? .dyn) }
    guard let result else { return }
    given["result"] = result.typed(as: (item == nil ? types.outputs[step.id] : types.results[step.id]) ?? .dyn)
  }

  /// Before the instance is there: for the first values of variables.
  init(context: Context, start input: ValueMap, id: InstanceID, by: PersonID) {
    self.context = context
    instance = nil
    let definition = context.definition
    given = [
      "input": Value.map(input).typed(as: definition.types.input), "vars": .map([:]), "steps": .map([:]),
      "instance": Self.instance(id, definition.workflow.name, definition.version, by, context.now, context),
    ]
  }

  private static func instance(
    _ id: InstanceID, _ workflow: String, _ version: Int, _ initiator: PersonID, _ startedAt: Timestamp,
    _ context: Context
  ) -> Value {
    let fields: ValueMap = [
      "id": .string(id.description), "initiator": .string(initiator), "started_at": .timestamp(startedAt),
      "url": .string((context.policy.settings.url ?? "") + "/instances/\(id)"), "version": .int(Int64(version)),
      "workflow": .string(workflow),
    ]
    return .map(fields)
  }

  /// `output` in the `until` of an `each`: what has become of the items so far.
  mutating func setItems(_ output: Value, of step: Step) {
    given["output"] = output.typed(as: context.definition.types.outputs[step.id] ?? .dyn)
  }

  /// `message` in a text that people are told.
  mutating func setMessage(_ facts: MessageFacts) { given["message"] = facts.value }

  mutating func setVariables(_ vars: ValueMap) {
    given["vars"] = Value.map(vars).typed(as: context.definition.types.varsType)
  }

  /// What a name stands for, worked out when an expression asks for it: few ask for much.
  private func root(_ name: String) -> Value? {
    if let value = given[name] { return value }
    let types = context.definition.types
    switch name {
    case "config": return .map(context.policy.settings.config)
    case "now": return .timestamp(context.now)
    default: break
    }
    guard let instance else { return nil }
    switch name {
    case "input": return Value.map(instance.input).typed(as: types.input)
    case "vars": return Value.map(instance.vars).typed(as: types.varsType)
    case "steps": return instance.stepScope(types)
    case "instance":
      return Self.instance(
        instance.id, instance.workflow, instance.version, instance.initiator, instance.startedAt, context)
    default: return nil
    }
  }

  private func scope(of formula: Formula) -> Scope {
    var names: ValueMap = [:]
    for name in formula.roots { names[name] = root(name) }
    return Scope(names, now: context.now, zones: context.policy.zones)
  }

  /// - Parameter place: the key under which the expression stands, for the incident's words.
  func value(of formula: Formula, _ place: String) throws(StepFailure) -> Value {
    do throws(EvaluationError) {
      return try formula.program.evaluate(scope(of: formula))
    } catch {
      throw StepFailure(code: "expression", message: "\(place): `\(formula.source)` fails: \(error.message)")
    }
  }

  /// The value for a name: a fact that is shown, a variable, a field. What is absent stays absent there.
  ///
  /// - Returns: `nil` for a path that leads to nothing, and for an optional without a value.
  func value(ifPresent formula: Formula, _ place: String) throws(StepFailure) -> Value? {
    if let path = formula.expression.path, isAbsent(path) { return nil }
    let value = try value(of: formula, place)
    if case .optional(let inner) = value { return inner }
    return value
  }

  private func isAbsent(_ path: [String]) -> Bool {
    // That a step has finished is not taken for granted: `steps.look.output` must be there.
    let certain = path[0] == "steps" ? 3 : 1
    guard var value = root(path[0]) else { return false }
    for (depth, name) in path.enumerated().dropFirst() {
      guard case .map(let map) = value else { return false }
      guard let next = map[name] else { return depth >= certain }
      value = next
    }
    return false
  }

  func truth(of formula: Formula, _ place: String) throws(StepFailure) -> Bool {
    let value = try value(of: formula, place)
    guard case .bool(let truth) = value else {
      throw StepFailure(code: "expression", message: "\(place): `\(formula.source)` is not true or false")
    }
    return truth
  }

  func text(of template: Template, _ place: String) throws(StepFailure) -> String {
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let literal): text += literal
      case .formula(let formula): text += try value(of: formula, place).text
      }
    }
    return text
  }

  /// What people see: the author's facts, or all input and variables.
  func shown(_ show: [Assignment]?) throws(StepFailure) -> [Shown] {
    guard let show else { return instance?.facts ?? [] }
    var shown: [Shown] = []
    for fact in show {
      let value = try value(ifPresent: fact.value, "show.\(fact.name)")
      shown.append(Shown(label: fact.name, value: value?.stored ?? .null))
    }
    return shown
  }
}

extension Instance {
  /// `steps.<id>.{output, outcome, by, decisions, visits}` of every step that has finished a visit.
  fileprivate func stepScope(_ types: WorkflowTypes) -> Value {
    .map(
      ValueMap(
        results.map { id, result in
          var fields: ValueMap = [
            "output": result.output.typed(as: types.outputs[id] ?? .dyn), "outcome": .string(result.outcome),
            "visits": .int(Int64(counts[id] ?? 0)),
          ]
          fields["by"] = .string(result.by ?? "")
          fields["decisions"] = result.output["decisions"] ?? .list([])
          return (id, .map(fields))
        }))
  }
}
