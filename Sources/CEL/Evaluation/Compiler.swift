/// Turns a tree into steps. Every name is resolved here, so that evaluating looks nothing up by name.
struct Compiler {
  let environment: Environment
  let resolver: Resolver
  /// The variables that are read, in order of their slots.
  var slots: [String] = []
  /// The names that enclosing macros define, by depth.
  var locals: [String] = []

  /// A compiled part, and its value if that is the same every time.
  struct Part {
    let step: Program.Step
    let constant: Value?

    init(_ step: @escaping Program.Step) {
      self.step = step
      constant = nil
    }

    init(constant value: Value) {
      step = { (_: inout Frame) throws(EvaluationError) -> Value in value }
      constant = value
    }
  }

  /// Whether a part that cannot be compiled fails when it is evaluated.
  private let failsLate: Bool

  init(_ environment: Environment, failingLate: Bool) {
    self.environment = environment
    failsLate = failingLate
    resolver = Resolver(environment)
  }

  mutating func compile(_ node: Node) throws(ExpressionError) -> Part {
    guard failsLate else { return try part(node) }
    do throws(ExpressionError) {
      return try part(node)
    } catch {
      return Part { (_: inout Frame) throws(EvaluationError) -> Value in
        throw EvaluationError(.type, error.message, range: error.range)
      }
    }
  }

  private mutating func part(_ node: Node) throws(ExpressionError) -> Part {
    switch node.kind {
    case .literal(let value): return Part(constant: value)
    case .identifier, .select: return try access(node)
    case .index(let operand, let index, let isOptional): return try self.index(node, operand, index, isOptional)
    case .list(let elements): return try list(elements)
    case .map(let entries): return try map(entries)
    case .call(let call): return try self.call(call, node.range)
    case .and(let operands): return try chain(operands, until: false)
    case .or(let operands): return try chain(operands, until: true)
    case .conditional(let condition, let then, let otherwise): return try conditional(condition, then, otherwise)
    case .comprehension(let loop): return try comprehension(loop)
    case .bind(let name, let value, let body): return try bind(name, value, body)
    case .optionalMap(let operand, let name, let body, let isFlat):
      return try optionalMap(operand, name, body, isFlat)
    }
  }

  mutating func steps(_ nodes: [Node]) throws(ExpressionError) -> [Program.Step] {
    var steps: [Program.Step] = []
    for node in nodes { steps.append(try compile(node).step) }
    return steps
  }

  /// Compiles a body in which more names are defined.
  mutating func scoped(_ names: [String], _ body: Node) throws(ExpressionError) -> Part {
    locals += names
    let part = Result { () throws(ExpressionError) in try compile(body) }
    locals.removeLast(names.count)
    return try part.get()
  }

  mutating func slot(of variable: String) -> Int {
    if let slot = slots.firstIndex(where: { $0.hasSameBytes(as: variable) }) { return slot }
    slots.append(variable)
    return slots.count - 1
  }

  private mutating func list(_ elements: [Node.Element]) throws(ExpressionError) -> Part {
    var parts: [(part: Part, isOptional: Bool, range: Range<Int>)] = []
    for element in elements { parts.append((try compile(element.value), element.isOptional, element.value.range)) }
    let constants = parts.compactMap { $0.isOptional ? nil : $0.part.constant }
    if constants.count == parts.count { return Part(constant: .list(constants)) }
    let steps = parts.map { (step: $0.part.step, isOptional: $0.isOptional, range: $0.range) }
    return Part { frame throws(EvaluationError) in
      var values: [Value] = []
      values.reserveCapacity(steps.count)
      for element in steps {
        let value = try element.step(&frame)
        if !element.isOptional {
          values.append(value)
        } else if let value = try value.unwrapped(at: element.range) {
          values.append(value)
        }
      }
      return .list(values)
    }
  }

  private mutating func map(_ entries: [Node.Entry]) throws(ExpressionError) -> Part {
    var steps: [(key: Program.Step, value: Program.Step, entry: (key: Range<Int>, value: Range<Int>, Bool))] = []
    for entry in entries {
      steps.append(
        (
          try compile(entry.key).step, try compile(entry.value).step,
          (entry.key.range, entry.value.range, entry.isOptional)
        ))
    }
    let all = steps
    return Part { frame throws(EvaluationError) in
      var map = MapBuilder()
      for (key, value, (keyRange, valueRange, isOptional)) in all {
        let key = try key(&frame)
        var value = try value(&frame)
        if isOptional {
          guard let present = try value.unwrapped(at: valueRange) else { continue }
          value = present
        }
        do throws(Failure) { try map.insert(key, value) } catch { throw error.at(keyRange) }
      }
      return .map(map.map)
    }
  }
}

/// Makes a map of keys that expressions computed.
struct MapBuilder {
  private var entries: [ValueMap.Entry] = []
  private var keys: Set<MapKey> = []

  /// A key may be there once only; numbers of different types that are equal are the same key.
  mutating func insert(_ key: Value, _ value: Value) throws(Failure) {
    guard let mapKey = MapKey(key) else {
      throw Failure(.type, "a key of a map is a string, an int, a uint or a bool, not \(key.kind)")
    }
    guard keys.insert(mapKey.normal).inserted else {
      throw Failure(.argument, "the key \(mapKey.text) is there twice")
    }
    entries.append(ValueMap.Entry(key: mapKey, value: value))
  }

  var map: ValueMap { ValueMap(entries: entries) }
}

extension MapKey {
  init?(_ value: Value) {
    switch value {
    case .bool(let key): self = .bool(key)
    case .int(let key): self = .int(key)
    case .uint(let key): self = .uint(key)
    case .string(let key): self = .string(key)
    default: return nil
    }
  }

  /// The same for keys that CEL takes for equal.
  fileprivate var normal: MapKey {
    if case .uint(let key) = self, let key = Int64(exactly: key) { .int(key) } else { self }
  }
}

extension Value {
  /// What an optional holds, where an optional must stand.
  func unwrapped(at range: Range<Int>) throws(EvaluationError) -> Value? {
    guard case .optional(let value) = self else {
      throw EvaluationError(.type, "'?' wants an optional here, not \(kind)", range: range)
    }
    return value
  }
}
