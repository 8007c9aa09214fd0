package import CEL

/// Evaluates the expressions of one step at one moment: what is in scope, and how a failure reads.
struct Evaluation {
  let context: Context
  private var names: ValueMap
  let instance: Instance?

  /// In a running instance; `result` is the step's own output.
  ///
  /// - Parameter type: that of the result, where it is not the step's.
  init(context: Context, instance: Instance, result: Value, as type: Type) {
    self.init(context: context, instance: instance)
    names["result"] = result.typed(as: type)
  }

  init(context: Context, instance: Instance, result: Value? = nil, of step: Step? = nil, item: Value? = nil) {
    self.context = context
    self.instance = instance
    let types = context.definition.types
    names = [
      "input": Value.map(instance.input).typed(as: types.input),
      "vars": Value.map(instance.vars).typed(as: types.varsType),
      "steps": instance.stepScope(types),
      "instance": Self.instance(
        instance.id, instance.workflow, instance.version, instance.initiator, instance.startedAt, context),
      "config": .map(context.policy.settings.config), "now": .timestamp(context.now),
    ]
    if let item, let step { names["item"] = item.typed(as: types.items[step.id] ?? .dyn) }
    guard let result, let step else { return }
    names["result"] = result.typed(as: (item == nil ? types.outputs[step.id] : types.results[step.id]) ?? .dyn)
  }

  /// Before the instance is there: for the first values of variables.
  init(context: Context, start input: ValueMap, id: InstanceID, by: PersonID) {
    self.context = context
    instance = nil
    let definition = context.definition
    names = [
      "input": Value.map(input).typed(as: definition.types.input), "vars": .map([:]), "steps": .map([:]),
      "instance": Self.instance(id, definition.workflow.name, definition.version, by, context.now, context),
      "config": .map(context.policy.settings.config), "now": .timestamp(context.now),
    ]
  }

  private static func instance(
    _ id: InstanceID, _ workflow: String, _ version: Int, _ initiator: PersonID, _ startedAt: Timestamp,
    _ context: Context
  ) -> Value {
    let fields: ValueMap = [
      "id": .string(id.description), "workflow": .string(workflow), "version": .int(Int64(version)),
      "initiator": .string(initiator), "started_at": .timestamp(startedAt),
      "url": .string((context.policy.settings.url ?? "") + "/instances/\(id)"),
    ]
    return .map(fields)
  }

  /// `output` in the `until` of an `each`: what has become of the items so far.
  mutating func setItems(_ output: Value, of step: Step) {
    names["output"] = output.typed(as: context.definition.types.outputs[step.id] ?? .dyn)
  }

  mutating func setVariables(_ vars: ValueMap) {
    names["vars"] = Value.map(vars).typed(as: context.definition.types.varsType)
  }

  /// - Parameter place: the key under which the expression stands, for the incident's words.
  func value(of formula: Formula, _ place: String) throws(StepFailure) -> Value {
    do throws(EvaluationError) {
      return try formula.program.evaluate(Scope(names, now: context.now, zones: context.policy.zones))
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
    var value = Value.map(names)
    for (depth, name) in path.enumerated() {
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
