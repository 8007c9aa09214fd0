extension Compiler {
  /// A name, or a field of something. `a.b.c` may be one variable of that name.
  mutating func access(_ node: Node) throws(ExpressionError) -> Part {
    if let names = node.plainPath, let part = try named(names, node.range) { return part }
    guard case .select(let operand, let field) = node.kind else {
      throw resolver.unknownVariable(node, locals: locals)
    }
    let step = try compile(operand).step
    let range = field.range
    let name = field.name
    if field.isTest { return Part(Compiler.presence(step, name, isOptional: field.isOptional, range)) }
    if field.isOptional {
      return Part { frame throws(EvaluationError) in
        let operand = try step(&frame)
        do throws(Failure) { return try .optional(operand.optionalElement(at: .string(name))) } catch {
          throw error.at(range)
        }
      }
    }
    return Part { frame throws(EvaluationError) in
      let operand = try step(&frame)
      if case .map(let map) = operand, let value = map[name] { return value }
      do throws(Failure) { return try operand.field(name) } catch { throw error.at(range) }
    }
  }

  /// A local name, a variable, or a type.
  private mutating func named(_ path: Node.PlainPath, _ range: Range<Int>) throws(ExpressionError) -> Part? {
    if !path.isAbsolute, let index = locals.lastIndex(of: path.names[0]) {
      guard path.names.count == 1 else { return nil }
      return Part { frame throws(EvaluationError) in frame.locals[index] }
    }
    guard let found = resolver.variable(path) else { return nil }
    switch found {
    case .type(let type): return Part(constant: .type(type))
    case .variable(let name, _):
      let slot = slot(of: name)
      return Part { frame throws(EvaluationError) in
        guard let value = frame.variables[slot] else {
          throw EvaluationError(.noSuchVariable, "the variable '\(name)' has no value here", range: range)
        }
        return value
      }
    }
  }

  private static func presence(
    _ step: @escaping Program.Step, _ name: String, isOptional: Bool, _ range: Range<Int>
  ) -> Program.Step {
    { frame throws(EvaluationError) in
      switch try step(&frame) {
      case .map(let map), .optional(.map(let map)?): return .bool(map[name] != nil)
      case .optional(nil): return false
      case let value:
        throw EvaluationError(.type, "\(value.kind) has no fields, so none can be asked for", range: range)
      }
    }
  }

  mutating func index(
    _ node: Node, _ operand: Node, _ index: Node, _ isOptional: Bool
  ) throws(ExpressionError) -> Part {
    let operand = try compile(operand).step
    let range = index.range
    let index = try compile(index).step
    return Part { frame throws(EvaluationError) in
      let operand = try operand(&frame)
      let index = try index(&frame)
      do throws(Failure) {
        if isOptional { return try .optional(operand.optionalElement(at: index)) }
        return try operand.element(at: index)
      } catch {
        throw error.at(range)
      }
    }
  }
}

extension Value {
  /// `x.name`; on an optional, an optional of it.
  func field(_ name: String) throws(Failure) -> Value {
    switch self {
    case .map(let map):
      if let value = map[name] { return value }
      let known = map.keys
      let hint = known.nearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
      throw Failure(.noSuchKey, "there is no '\(name)'\(hint)")
    case .optional(let value): return .optional(try value?.optionalElement(at: .string(name)))
    default: throw Failure(.type, "\(kind) has no fields, so no '\(name)'")
    }
  }

  /// `x[index]`; on an optional, an optional of it.
  func element(at index: Value) throws(Failure) -> Value {
    switch self {
    case .list(let values):
      guard let position = index.position else {
        throw Failure(.argument, "the index of a list is a whole number, not \(index.kind)")
      }
      guard values.indices.contains(position) else {
        throw Failure(.index, "there is no element \(position) in a list of \(values.count)")
      }
      return values[position]
    case .map(let map):
      if let value = map.celValue(at: index) { return value }
      guard index.canBeKey else { throw Failure(.type, "\(index.kind) cannot be a key of a map") }
      throw Failure(.noSuchKey, "there is no key \(MapKey(index)?.text ?? "of that kind")")
    case .optional(let value): return .optional(try value?.optionalElement(at: index))
    default: throw Failure(.type, "\(kind) has no elements")
    }
  }

  /// `x.?name`, `x[?index]`: nil if it is absent.
  func optionalElement(at index: Value) throws(Failure) -> Value? {
    switch self {
    case .list(let values):
      guard let position = index.position else {
        throw Failure(.argument, "the index of a list is a whole number, not \(index.kind)")
      }
      return values.indices.contains(position) ? values[position] : nil
    case .map(let map):
      guard index.canBeKey else { throw Failure(.type, "\(index.kind) cannot be a key of a map") }
      return map.celValue(at: index)
    case .optional(let value): return try value?.optionalElement(at: index)
    default: throw Failure(.type, "\(kind) has no fields or elements")
    }
  }

  /// As an index of a list: 0, 0u and 0.0 are the same.
  private var position: Int? {
    switch self {
    case .int(let number): Int(number)
    case .uint(let number): Int(clamping: number)
    case .double(let number): Int(exactly: number)
    default: nil
    }
  }

  private var canBeKey: Bool {
    switch self {
    case .bool, .int, .uint, .double, .string: true
    default: false
    }
  }
}
