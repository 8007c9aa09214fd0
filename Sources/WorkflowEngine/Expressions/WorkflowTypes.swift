package import CEL

/// The static types of what expressions of a workflow can read; also says how stored values become typed ones.
package struct WorkflowTypes: Sendable, Hashable {
  package var input: Type
  package var vars: [String: Type] = [:]
  /// `steps.<id>.output`
  package var outputs: [StepID: Type] = [:]

  package init(of workflow: Workflow) {
    input = workflow.input?.celType ?? .record(Record(fields: []))
    for variable in workflow.variables {
      vars[variable.name] = variable.schema?.celType ?? inferred(variable)
    }
    let events = Dictionary(workflow.events.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for step in workflow.steps { outputs[step.id] = outputType(of: step, events) }
  }

  /// A variable without a schema has the type of its first value.
  private func inferred(_ variable: Variable) -> Type {
    guard let formula = variable.value else { return .dyn }
    let environment = Environment(variables: [
      "input": input, "vars": varsType, "config": .dyn, "now": .timestamp, "instance": Self.instance,
    ])
    let result = formula.expression.check(in: environment)
    return result.errors.isEmpty ? result.type : .dyn
  }

  package var varsType: Type {
    .record(
      Record(
        fields: vars.sorted { $0.key < $1.key }.map { Record.Field(name: $0.key, type: $0.value, isRequired: true) }))
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
