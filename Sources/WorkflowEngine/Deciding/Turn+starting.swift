package import CEL

extension Turn {
  mutating func start(
    _ id: InstanceID, input: Value, of caller: Caller? = nil, about: [PersonID] = []
  ) throws(Rejection) {
    guard instance == nil else { throw Rejection(.conflict, "\(id) has already started") }
    let input = try accepted(input)
    let deadline: Timestamp?
    let timers: [Timer]
    let vars: ValueMap
    let object: String?
    do throws(StepFailure) {
      vars = try firstValues(input: input, id: id)
      object = try self.object(input: input, vars: vars, id: id)
      deadline = try workflow.due.map { span throws(StepFailure) in try instant(after: span, calendar: nil) }
      timers = try deadlines()
    } catch {
      throw Rejection(.invalid, "\(workflow.name) cannot start: \(error.message)")
    }
    emit(
      .started(
        Started(
          instance: id, workflow: workflow.name, version: context.definition.version,
          definition: context.definition.digest, title: workflow.title, by: command.principal, input: input,
          vars: vars, step: workflow.start, due: deadline, timers: timers,
          object: object, caller: caller, about: about)))
    do throws(StepFailure) {
      try listen(workflow.onEvent, at: nil)
    } catch {
      throw Rejection(.invalid, "\(workflow.name) cannot start: \(error.message)")
    }
  }

  /// The input as it is recorded: defaults filled in, what is sensitive sealed; refused where the schema does not hold.
  private func accepted(_ input: Value) throws(Rejection) -> ValueMap {
    let input = workflow.input?.applyingDefaults(to: input) ?? input
    guard case .map(let fields) = input else {
      throw Rejection(.invalid, "the input of \(workflow.name) is a mapping of fields")
    }
    try refuse(violations: workflow.input?.validate(input, people: context.policy.people) ?? [], of: "input")
    if workflow.input == nil, !fields.isEmpty {
      throw Rejection(.invalid, "\(workflow.name) takes no input")
    }
    return workflow.input?.sealing(.map(fields), with: context.seal).mapValue ?? fields
  }

  private func firstValues(input: ValueMap, id: InstanceID) throws(StepFailure) -> ValueMap {
    var vars: ValueMap = [:]
    var evaluation = Evaluation(context: context, start: input, id: id, by: command.principal)
    for variable in workflow.variables {
      guard let formula = variable.value else { continue }
      vars[variable.name] = sealed(
        try evaluation.value(of: formula, "vars.\(variable.name)").stored, variable: variable.name)
      evaluation.setVariables(vars)
    }
    return vars
  }

  /// What the instance is about, as text: a number and its digits are one object.
  private func object(input: ValueMap, vars: ValueMap, id: InstanceID) throws(StepFailure) -> String? {
    guard let formula = workflow.object else { return nil }
    var evaluation = Evaluation(context: context, start: input, id: id, by: command.principal)
    evaluation.setVariables(vars)
    let value = try evaluation.value(of: formula, "object")
    guard value != .null, !value.text.isEmpty else {
      throw StepFailure(code: "expression", message: "object: `\(formula.source)` names nothing")
    }
    return value.text
  }

  func refuse(violations: [SchemaViolation], of what: String) throws(Rejection) {
    if let rejection = Rejection(violations, of: what) { throw rejection }
  }
}
