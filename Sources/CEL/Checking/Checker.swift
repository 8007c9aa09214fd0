/// Infers types over a tree and collects all that is wrong with it.
struct Checker {
  let environment: Environment
  let resolver: Resolver
  var types = Substitution()
  var errors: [ExpressionError] = []
  /// The names that enclosing macros define.
  var locals: [(name: String, type: Type)] = []
  /// Paths that a surrounding `has()` has made sure of.
  var present: Set<[String]> = []

  init(_ environment: Environment) {
    self.environment = environment
    resolver = Resolver(environment)
  }

  mutating func infer(_ node: Node) -> Type {
    switch node.kind {
    case .literal(let value): return value.dynamicType
    case .identifier, .select: return access(node)
    case .index(let operand, let index, let isOptional): return element(operand, index, isOptional)
    case .list(let elements): return list(elements)
    case .map(let entries): return map(entries)
    case .call(let call): return self.call(call, node.range)
    case .and(let operands): return chain(operands, whenTrue: true)
    case .or(let operands): return chain(operands, whenTrue: false)
    case .conditional(let condition, let then, let otherwise): return conditional(condition, then, otherwise)
    case .comprehension(let loop): return comprehension(loop)
    case .bind(let name, let value, let body):
      let type = infer(value)
      return scoped([(name.text, type)]) { $0.infer(body) }
    case .optionalMap(let operand, let name, let body, let isFlat): return optionalMap(operand, name, body, isFlat)
    }
  }

  mutating func report(_ message: String, hint: String? = nil, _ range: Range<Int>) {
    errors.append(ExpressionError(message: message, hint: hint, range: range))
  }

  mutating func scoped(_ names: [(name: String, type: Type)], _ body: (inout Checker) -> Type) -> Type {
    locals += names
    defer { locals.removeLast(names.count) }
    return body(&self)
  }

  /// With more paths known to be there.
  mutating func knowing(_ paths: Set<[String]>, _ body: (inout Checker) -> Type) -> Type {
    let before = present
    present.formUnion(paths)
    defer { present = before }
    return body(&self)
  }

  /// - Returns: whether it is, or may be, a bool.
  @discardableResult
  mutating func expectBool(_ node: Node, _ what: String) -> Bool {
    let type = infer(node)
    if types.isAssignable(type, to: .bool) { return true }
    report("\(what) is a bool, not \(shown(type))", node.range)
    return false
  }

  /// The type as sentences show it.
  func shown(_ type: Type) -> String {
    types.apply(type, unknownIsDyn: true).description
  }

  /// Operands to the right are evaluated only for what those to the left leave open.
  private mutating func chain(_ operands: [Node], whenTrue: Bool) -> Type {
    var known: Set<[String]> = []
    let symbol = whenTrue ? "&&" : "||"
    for operand in operands {
      _ = knowing(known) { checker in
        checker.expectBool(operand, "what stands at '\(symbol)'")
        return .bool
      }
      known.formUnion(operand.pathsPresent(whenTrue: whenTrue))
    }
    return .bool
  }

  private mutating func conditional(_ condition: Node, _ then: Node, _ otherwise: Node) -> Type {
    expectBool(condition, "the condition of '?'")
    let first = knowing(condition.pathsPresent(whenTrue: true)) { $0.infer(then) }
    let second = knowing(condition.pathsPresent(whenTrue: false)) { $0.infer(otherwise) }
    let both = types.fresh()
    if types.isAssignable([first, second], to: [both, both]) { return types.apply(both) }
    report(
      "the two outcomes of '?' are \(shown(first)) and \(shown(second))",
      hint: "both must have one type; dyn(...) takes any", then.range.lowerBound..<otherwise.range.upperBound)
    return .error
  }

  private mutating func list(_ elements: [Node.Element]) -> Type {
    var joined: Type?
    for element in elements {
      let type = optionalEntry(infer(element.value), element.isOptional, element.value.range)
      joined = joined.map { types.join($0, type) } ?? type
    }
    return .list(joined ?? types.fresh())
  }

  private mutating func map(_ entries: [Node.Entry]) -> Type {
    var keys: Type?
    var values: Type?
    for entry in entries {
      let key = infer(entry.key)
      if !types.apply(key).canBeKey {
        report("a key of a map is a string, an int, a uint or a bool, not \(shown(key))", entry.key.range)
      }
      let value = optionalEntry(infer(entry.value), entry.isOptional, entry.value.range)
      keys = keys.map { types.join($0, key) } ?? key
      values = values.map { types.join($0, value) } ?? value
    }
    return .map(keys ?? types.fresh(), values ?? types.fresh())
  }

  /// What `?x` adds to a list or a map.
  private mutating func optionalEntry(_ type: Type, _ isOptional: Bool, _ range: Range<Int>) -> Type {
    guard isOptional else { return type }
    return unwrapped(type, range) ?? .error
  }

  mutating func unwrapped(_ type: Type, _ range: Range<Int>) -> Type? {
    let inner = types.fresh()
    if types.isAssignable(type, to: .optional(inner)) {
      if case .dyn = types.apply(type) { return .dyn }
      return types.apply(inner)
    }
    report("an optional must stand here, not \(shown(type))", hint: "optional.of(x) makes one", range)
    return nil
  }
}

extension Type {
  fileprivate var canBeKey: Bool {
    switch self {
    case .bool, .int, .uint, .string, .dyn, .error, .parameter: true
    case .nullable(let type): type.canBeKey
    default: false
    }
  }
}
