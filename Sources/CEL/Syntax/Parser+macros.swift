extension Parser {
  /// A call, or what a macro makes of it.
  func call(_ call: Node.Call, from start: Int) throws(ExpressionError) -> Node {
    if let kind = try macro(call) { return try node(kind, from: start) }
    return try node(.call(call), from: start)
  }

  private func macro(_ call: Node.Call) throws(ExpressionError) -> Node.Kind? {
    guard let target = call.target else {
      return call.name == "has" && call.arguments.count == 1 ? try presence(call) : nil
    }
    if case .identifier("cel", _) = target.kind, call.name == "bind", call.arguments.count == 3 {
      return .bind(try name(call.arguments[0], of: call), call.arguments[1], call.arguments[2])
    }
    if call.name == "optMap" || call.name == "optFlatMap", call.arguments.count == 2 {
      let name = try name(call.arguments[0], of: call)
      return .optionalMap(target, name, call.arguments[1], isFlat: call.name == "optFlatMap")
    }
    return try comprehension(call, over: target)
  }

  private func presence(_ call: Node.Call) throws(ExpressionError) -> Node.Kind {
    guard case .select(let operand, let field) = call.arguments[0].kind, !field.isTest else {
      throw ExpressionError(
        message: "'has' asks for a field, such as has(input.note)", range: call.arguments[0].range)
    }
    return .select(
      operand, field: Node.Field(field.name, field.range, isOptional: field.isOptional, isTest: true))
  }

  private struct Shape {
    let kind: Node.Comprehension.Kind
    let names: Int
    var isFiltered = false
  }

  private static let shapes: [String: [Int: Shape]] = [
    "all": [2: Shape(kind: .all, names: 1), 3: Shape(kind: .all, names: 2)],
    "exists": [2: Shape(kind: .exists, names: 1), 3: Shape(kind: .exists, names: 2)],
    "exists_one": [2: Shape(kind: .existsOne, names: 1), 3: Shape(kind: .existsOne, names: 2)],
    "existsOne": [2: Shape(kind: .existsOne, names: 1), 3: Shape(kind: .existsOne, names: 2)],
    "map": [2: Shape(kind: .map, names: 1), 3: Shape(kind: .map, names: 1, isFiltered: true)],
    "filter": [2: Shape(kind: .filter, names: 1)],
    "transformList": [3: Shape(kind: .map, names: 2), 4: Shape(kind: .map, names: 2, isFiltered: true)],
    "transformMap": [3: Shape(kind: .mapValues, names: 2), 4: Shape(kind: .mapValues, names: 2, isFiltered: true)],
    "transformMapEntry": [
      3: Shape(kind: .mapEntries, names: 2), 4: Shape(kind: .mapEntries, names: 2, isFiltered: true),
    ],
  ]

  private func comprehension(_ call: Node.Call, over target: Node) throws(ExpressionError) -> Node.Kind? {
    guard let shape = Parser.shapes[call.name]?[call.arguments.count], let body = call.arguments.last else {
      return nil
    }
    let first = try name(call.arguments[0], of: call)
    let second = shape.names == 2 ? try name(call.arguments[1], of: call) : nil
    if let second, second.text == first.text {
      throw ExpressionError(message: "the two names of '\(call.name)' are the same", range: second.range)
    }
    return .comprehension(
      Node.Comprehension(
        shape.kind, macro: Node.Name(call.name, call.nameRange), over: target, first, second,
        filter: shape.isFiltered ? call.arguments[shape.names] : nil, body: body))
  }

  private func name(_ node: Node, of call: Node.Call) throws(ExpressionError) -> Node.Name {
    guard case .identifier(let text, isAbsolute: false) = node.kind else {
      let such =
        call.name == "bind"
        ? "'cel.bind' begins with a name, such as x in 'cel.bind(x, ...)'"
        : "'\(call.name)' begins with a name for each element, such as x in 'list.\(call.name)(x, ...)'"
      throw ExpressionError(message: such, range: node.range)
    }
    return Node.Name(text, node.range)
  }
}
