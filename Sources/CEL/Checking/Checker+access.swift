extension Checker {
  /// A name, or a field of something.
  mutating func access(_ node: Node) -> Type {
    if let path = node.plainPath {
      if !path.isAbsolute, let local = locals.last(where: { $0.name == path.names[0] }) {
        if path.names.count == 1 { return local.type }
      } else if let found = resolver.variable(path) {
        switch found {
        case .variable(_, let type): return type
        case .type(let type): return .type(type)
        }
      }
    }
    guard case .select(let operand, let field) = node.kind else {
      errors.append(resolver.unknownVariable(node, locals: locals.map(\.name)))
      return .error
    }
    let type = types.apply(infer(operand))
    guard var result = self.field(field, of: type, node) else { return .error }
    if field.isOptional, !result.isOptional { result = .optional(result) }
    return field.isTest ? .bool : result
  }

  /// The type of a field; nil if there is none, which is then reported.
  private mutating func field(_ field: Node.Field, of type: Type, _ node: Node) -> Type? {
    switch type {
    case .dyn: return .dyn
    case .error: return .error
    case .parameter:
      _ = types.isAssignable(.dyn, to: type)
      return .dyn
    case .map(_, let value): return value
    case .nullable(let inner): return self.field(field, of: inner, node)
    case .optional(let inner):
      let guarded = Node.Field(field.name, field.range, isOptional: true)
      guard let result = self.field(guarded, of: types.apply(inner), node) else { return nil }
      return result.isOptional ? result : .optional(result)
    case .record(let record): return self.field(field, of: record, node)
    default:
      report("\(shown(type)) has no fields, so no '\(field.name)'", field.range)
      return nil
    }
  }

  private mutating func field(_ field: Node.Field, of record: Record, _ node: Node) -> Type? {
    guard let known = record[field.name] else {
      if record.isOpen { return .dyn }
      let names = record.fields.map(\.name)
      let hint = names.nearest(to: field.name).map { "did you mean '\($0)'?" } ?? Wording.available(names)
      report("there is no field '\(field.name)'", hint: hint, field.range)
      return nil
    }
    if !known.isRequired, !environment.unguardedOptionalFields, !field.isGuarding,
      !present.contains(node.path?.names ?? [])
    {
      let start = node.path.map { $0.names.dropLast().joined(separator: ".") } ?? "x"
      report(
        "'\(field.name)' may be absent",
        hint: "ask for it with has(\(start).\(field.name)), or read \(start).?\(field.name).orValue(...)", field.range)
    }
    return known.type
  }

  mutating func element(_ operand: Node, _ index: Node, _ isOptional: Bool) -> Type {
    let type = types.apply(infer(operand))
    let indexType = infer(index)
    var result = element(of: type, operand, index, indexType)
    if isOptional, !result.isOptional, result != .error { result = .optional(result) }
    return result
  }

  private mutating func element(of type: Type, _ operand: Node, _ index: Node, _ indexType: Type) -> Type {
    switch type {
    case .dyn: return .dyn
    case .error: return .error
    case .parameter:
      _ = types.isAssignable(.dyn, to: type)
      return .dyn
    case .list(let element):
      if types.isAssignable(indexType, to: .int) { return types.apply(element) }
      report("a list is indexed by int, not \(shown(indexType))", index.range)
    case .map(let key, let value):
      if types.isAssignable(indexType, to: key) { return types.apply(value) }
      report("the keys of this map are \(shown(key)), not \(shown(indexType))", index.range)
    case .record(let record):
      if case .literal(.string(let name)) = index.kind, let field = record[name] { return field.type }
      if types.isAssignable(indexType, to: .string) { return .dyn }
      report("the keys of this map are string, not \(shown(indexType))", index.range)
    case .nullable(let inner): return element(of: inner, operand, index, indexType)
    case .optional(let inner):
      let result = element(of: types.apply(inner), operand, index, indexType)
      return result.isOptional || result == .error ? result : .optional(result)
    default:
      report("\(shown(type)) has no elements", operand.range)
    }
    return .error
  }
}

extension Type {
  var isOptional: Bool {
    if case .optional = self { true } else { false }
  }
}
