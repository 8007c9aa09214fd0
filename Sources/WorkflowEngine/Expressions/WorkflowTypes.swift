package import CEL

/// The static types of what expressions of a workflow can read; also says how stored values become typed ones.
package struct WorkflowTypes: Sendable, Hashable {
  package var input: Type
  package private(set) var vars: [String: Type] = [:]
  /// The record of ``vars``.
  package private(set) var varsType: Type = .record(Record(fields: []))
  /// `steps.<id>.output`; of an `each`, the list.
  package var outputs: [StepID: Type] = [:]
  /// `result` of one visit: what ``outputs`` has, but for one item of an `each`.
  package var results: [StepID: Type] = [:]
  /// `item` in a step with `each`.
  package var items: [StepID: Type] = [:]

  package init(of workflow: Workflow) {
    input = workflow.input?.celType ?? .record(Record(fields: []))
    for variable in workflow.variables {
      vars[variable.name] = variable.schema?.celType ?? inferred(variable)
    }
    varsType = record(of: Array(vars.keys))
    let events = Dictionary(workflow.events.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for step in workflow.steps { results[step.id] = outputType(of: step, events) }
    outputs = results
    for step in workflow.steps {
      guard let each = step.each else { continue }
      let item = itemType(of: each.list)
      items[step.id] = item
      outputs[step.id] = Self.itemsOutput(item, results[step.id] ?? .dyn)
    }
  }

  /// A variable without a schema has the type of its first value.
  private func inferred(_ variable: Variable) -> Type {
    guard let formula = variable.value else { return .dyn }
    let environment = Environment(variables: [
      "input": input, "vars": record(of: variables(in: formula.expression)), "config": .dyn, "now": .timestamp,
      "instance": Self.instance,
    ])
    let result = formula.expression.check(in: environment)
    return result.errors.isEmpty ? result.type : .dyn
  }

  /// Those that an expression reads, so that a thousand variables are not looked at for each of them.
  private func variables(in expression: CEL.Expression) -> [String] {
    let paths = expression.references.map(\.path).filter { $0.first == "vars" }
    return paths.allSatisfy { $0.count > 1 } ? Set(paths.map { $0[1] }).sorted() : Array(vars.keys)
  }

  private func record(of names: [String]) -> Type {
    let known = names.sorted().compactMap { name in
      vars[name].map { Record.Field(name: name, type: $0, isRequired: true) }
    }
    return .record(Record(fields: known))
  }

  private func outputType(of step: Step, _ events: [String: MessageDeclaration]) -> Type {
    switch step.kind {
    case .task(let task): task.form?.celType ?? .map(.string, .dyn)
    case .service(let service): service.output?.celType ?? .dyn
    case .approval: Self.approvalOutput
    case .wait(let wait): wait.event.flatMap { events[$0]?.schema?.celType } ?? .dyn
    default: .dyn
    }
  }

  /// What the list of an `each` holds.
  private func itemType(of list: Formula) -> Type {
    let visits = Set(
      list.expression.references.compactMap { $0.path.count > 1 && $0.path[0] == "steps" ? $0.path[1] : nil })
    let steps = visits.sorted().map { id in
      let visit = Record(
        fields: [Record.Field(name: "output", type: results[id] ?? .dyn, isRequired: true)], isOpen: true)
      return Record.Field(name: id, type: .record(visit), isRequired: true)
    }
    var environment = Environment(variables: [
      "input": input, "vars": varsType, "config": .dyn, "now": .timestamp, "instance": Self.instance,
      "steps": .record(Record(fields: steps, isOpen: true)),
    ])
    environment.unguardedOptionalFields = true
    guard case .list(let item) = list.expression.check(in: environment).type else { return .dyn }
    return item
  }

  /// A list in item order of `{item, outcome, output, by}`.
  static func itemsOutput(_ item: Type, _ result: Type) -> Type {
    .list(
      .record(
        Record(
          fields: [
            Record.Field(name: "item", type: item, isRequired: true),
            Record.Field(name: "outcome", type: .string, isRequired: true),
            Record.Field(name: "output", type: result, isRequired: true),
            Record.Field(name: "by", type: .nullable(.string), isRequired: true),
          ])))
  }

  /// `{by, reason, decisions}`
  static let approvalOutput = Type.record(
    Record(
      fields: [
        Record.Field(name: "by", type: .dyn, isRequired: true),
        Record.Field(name: "reason", type: .dyn, isRequired: true),
        Record.Field(name: "decisions", type: .list(.map(.string, .dyn)), isRequired: true),
      ]))

  /// `instance.{id, workflow, version, initiator, started_at, url}`
  package static let instance = Type.record(
    Record(
      fields: [
        Record.Field(name: "id", type: .string, isRequired: true),
        Record.Field(name: "workflow", type: .string, isRequired: true),
        Record.Field(name: "version", type: .int, isRequired: true),
        Record.Field(name: "initiator", type: .string, isRequired: true),
        Record.Field(name: "started_at", type: .timestamp, isRequired: true),
        Record.Field(name: "url", type: .string, isRequired: true),
      ]))
}
