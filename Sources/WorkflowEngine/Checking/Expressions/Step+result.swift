import CEL

extension Step {
  /// The type of `result` in its `set`, and of `steps.<id>.output` after it; `nil` where the step has none.
  func resultType(_ types: WorkflowTypes) -> Type? {
    guard each != nil else { return visitType(types) }
    let result = visitType(types) ?? .dyn
    return WorkflowTypes.itemsOutput(types.items[id] ?? .dyn, mayLackResult ? result.uncertain : result)
  }

  /// Whether an item of its `each` may end without the result of the step.
  private var mayLackResult: Bool { each?.until != nil || each?.keepsFailures == true || expires != nil }

  /// The type of what one visit brings: of an `each`, of one item.
  func visitType(_ types: WorkflowTypes) -> Type? {
    switch kind {
    case .task(let task): task.resultType
    case .approval: WorkflowTypes.approvalOutput
    case .state(let state): state.moves.isEmpty && state.approval != nil ? WorkflowTypes.approvalOutput : .dyn
    case .service(let service): service.resultType
    case .table(let table): table.resultType
    case .wait(let wait): wait.event == nil ? nil : types.outputs[id] ?? .dyn
    case .call: .dyn
    case .gateway, .join, .notification, .end: nil
    }
  }
}

extension Type {
  /// A record whose fields may be absent, among others.
  fileprivate var uncertain: Type {
    guard case .record(let record) = self else { return self }
    return .record(
      Record(
        fields: record.fields.map { Record.Field(name: $0.name, type: $0.type, isRequired: false) }, isOpen: true))
  }
}

extension TaskStep {
  fileprivate var resultType: Type { form?.filledType ?? .record(Record(fields: [])) }
}

extension ServiceStep {
  fileprivate var resultType: Type {
    if let output { return output.celType }
    guard uses == "http" else { return .dyn }
    return .record(
      Record(fields: [
        Record.Field(name: "status", type: .int, isRequired: true),
        Record.Field(name: "headers", type: .map(.string, .dyn), isRequired: true),
        Record.Field(name: "body", type: .dyn, isRequired: true),
      ]))
  }
}

extension TableStep {
  /// The values of a row; those that not every row has may be absent.
  fileprivate var resultType: Type {
    var seen: Set<String> = []
    let names = rows.flatMap { $0.values.map(\.name) }.filter { seen.insert($0).inserted }
    return .record(
      Record(
        fields: names.map { name in
          Record.Field(
            name: name, type: .dyn, isRequired: rows.allSatisfy { row in row.values.contains { $0.name == name } })
        }))
  }
}

extension Schema {
  /// The type of values whose defaults have been filled in: a field with a default is always there.
  var filledType: Type { Self.filled(celType, SchemaView(self), depth: 0) }

  private static func filled(_ type: Type, _ view: SchemaView, depth: Int) -> Type {
    guard case .record(let record) = type, depth < 8 else { return type }
    let fields = record.fields.map { field in
      let inner = view.field(field.name)
      return Record.Field(
        name: field.name, type: filled(field.type, inner, depth: depth + 1),
        isRequired: field.isRequired || inner.fallback != nil)
    }
    return .record(Record(fields: fields, isOpen: record.isOpen))
  }
}
