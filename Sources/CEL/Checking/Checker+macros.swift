extension Checker {
  mutating func comprehension(_ loop: Node.Comprehension) -> Type {
    let range = types.apply(infer(loop.range))
    let (key, value) = rounds(over: range, loop)
    var names: [(name: String, type: Type)] = [(loop.first.text, key)]
    if let second = loop.second {
      names.append((second.text, value))
    } else if range.isList {
      names = [(loop.first.text, value)]
    }
    return scoped(names) { checker in
      var known: Set<[String]> = []
      if let filter = loop.filter {
        checker.expectBool(filter, "the condition of '\(loop.macro.text)'")
        known = filter.pathsPresent(whenTrue: true)
      }
      return checker.knowing(known) { $0.result(of: loop, key, names[0].type) }
    }
  }

  private mutating func result(of loop: Node.Comprehension, _ key: Type, _ element: Type) -> Type {
    switch loop.kind {
    case .all, .exists, .existsOne:
      expectBool(loop.body, "the condition of '\(loop.macro.text)'")
      return .bool
    case .filter:
      expectBool(loop.body, "the condition of '\(loop.macro.text)'")
      return .list(element)
    case .map: return .list(infer(loop.body))
    case .mapValues: return .map(key, infer(loop.body))
    case .mapEntries:
      let type = infer(loop.body)
      if types.isAssignable(type, to: .map(types.fresh(), types.fresh())) { return types.apply(type) }
      report("'\(loop.macro.text)' makes a map in each round, not \(shown(type))", loop.body.range)
      return .error
    }
  }

  /// What the rounds go over: index and element, or key and value.
  private mutating func rounds(over type: Type, _ loop: Node.Comprehension) -> (key: Type, value: Type) {
    switch type {
    case .list(let element): return (.int, element)
    case .map(let key, let value): return (key, value)
    case .record(let record):
      if case .map(let key, let value) = record.map { return (key, value) }
      return (.string, .dyn)
    case .nullable(let inner): return rounds(over: inner, loop)
    case .dyn: return (.dyn, .dyn)
    case .parameter:
      _ = types.isAssignable(.dyn, to: type)
      return (.dyn, .dyn)
    case .error: return (.error, .error)
    default:
      report("'\(loop.macro.text)' goes over a list or a map, not \(shown(type))", loop.range.range)
      return (.error, .error)
    }
  }

  mutating func optionalMap(_ operand: Node, _ name: Node.Name, _ body: Node, _ isFlat: Bool) -> Type {
    let type = infer(operand)
    let inner = unwrapped(type, operand.range) ?? .error
    let result = scoped([(name.text, inner)]) { $0.infer(body) }
    guard isFlat else { return .optional(result) }
    let content = types.fresh()
    if types.isAssignable(result, to: .optional(content)) { return .optional(types.apply(content)) }
    report("'optFlatMap' makes an optional, not \(shown(result))", hint: "'optMap' takes any value", body.range)
    return .error
  }
}

extension Type {
  fileprivate var isList: Bool {
    switch self {
    case .list: true
    case .nullable(let type): type.isList
    default: false
    }
  }
}

extension Node {
  /// The paths that are there for sure if the node is true, or if it is false: what `has()` and `in` asked for.
  func pathsPresent(whenTrue: Bool) -> Set<[String]> {
    switch kind {
    case .select(_, let field) where field.isTest && whenTrue: path?.prefixes ?? []
    case .and(let operands) where whenTrue, .or(let operands) where !whenTrue:
      operands.reduce(into: []) { $0.formUnion($1.pathsPresent(whenTrue: whenTrue)) }
    case .call(let call) where call.name == "!_": call.arguments[0].pathsPresent(whenTrue: !whenTrue)
    case .call(let call) where call.name == "@in" && whenTrue: call.arguments.membership ?? []
    default: []
    }
  }
}

extension Node.Path {
  /// The path, and all on the way to it.
  fileprivate var prefixes: Set<[String]> {
    Set((1...names.count).map { Array(names.prefix($0)) })
  }
}

extension [Node] {
  /// `'note' in input` asks for `input.note`.
  fileprivate var membership: Set<[String]>? {
    guard count == 2, case .literal(.string(let name)) = self[0].kind, var path = self[1].path else { return nil }
    path.names.append(name)
    return path.prefixes
  }
}
