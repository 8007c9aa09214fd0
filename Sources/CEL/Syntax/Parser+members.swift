extension Parser {
  /// A primary with what follows it: `.field`, `.method()`, `[index]`.
  mutating func member() throws(ExpressionError) -> Node {
    let start = current.range.lowerBound
    var operand = try primary()
    while true {
      if take(".") {
        operand = try selection(operand, from: start)
      } else if take("[") {
        let isOptional = take("?")
        let index = try expression()
        try expect("]", to: "after the index")
        operand = try node(.index(operand, index, isOptional: isOptional), from: start)
      } else if isAt("{") {
        throw unexpected("messages are not part of this language: write a map, {'name': value}")
      } else {
        return operand
      }
    }
  }

  private mutating func selection(_ operand: Node, from start: Int) throws(ExpressionError) -> Node {
    let isOptional = take("?")
    let range = current.range
    let name: String
    switch current.kind {
    case .quoted(let text):
      advance()
      return try node(
        .select(operand, field: Node.Field(name: text, range: range, isOptional: isOptional)), from: start)
    case .identifier(let text) where !Parser.keywords.contains(text): name = text
    default: throw unexpected("a field name is missing after '.'")
    }
    advance()
    if !isOptional, take("(") {
      let arguments = try arguments(until: ")")
      let call = Node.Call(name: name, nameRange: range, target: operand, arguments: arguments)
      return try self.call(call, from: start)
    }
    return try node(
      .select(operand, field: Node.Field(name: name, range: range, isOptional: isOptional)), from: start)
  }

  private static let keywords: Set<String> = ["in", "true", "false", "null"]
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]

  private mutating func primary() throws(ExpressionError) -> Node {
    let token = current
    let start = token.range.lowerBound
    switch token.kind {
    case .symbol("("):
      advance()
      let node = try expression()
      try expect(")", to: "to close '('")
      return node
    case .symbol("["):
      advance()
      return try list(from: start)
    case .symbol("{"):
      advance()
      return try map(from: start)
    case .symbol("."):
      advance()
      return try named(isAbsolute: true, from: start)
    case .identifier: return try named(isAbsolute: false, from: start)
    default: return try literal(from: start)
    }
  }

  private mutating func named(isAbsolute: Bool, from start: Int) throws(ExpressionError) -> Node {
    guard case .identifier(let name) = current.kind else { throw unexpected("a name is missing after '.'") }
    if !isAbsolute, let literal = Parser.words[name] {
      advance()
      return try node(.literal(literal), from: start)
    }
    guard !Parser.keywords.contains(name), !Parser.reserved.contains(name) else {
      throw unexpected("'\(name)' is a reserved word")
    }
    if name == "not" || name == "and" || name == "or", case .identifier = next.kind { throw unexpected() }
    let range = current.range
    advance()
    guard take("(") else { return try node(.identifier(name, isAbsolute: isAbsolute), from: start) }
    let arguments = try arguments(until: ")")
    let call = Node.Call(name: name, nameRange: range, arguments: arguments, isAbsolute: isAbsolute)
    return try self.call(call, from: start)
  }

  private static let words: [String: Value] = ["true": true, "false": false, "null": .null]

  private mutating func literal(from start: Int) throws(ExpressionError) -> Node {
    let isNegative = take("-")
    let token = current
    let value: Value
    switch token.kind {
    case .integer(let magnitude): value = .int(try integer(magnitude, isNegative, token.range))
    case .double(let number): value = .double(isNegative ? -number : number)
    case .unsigned(let number): value = .uint(number)
    case .string(let text): value = .string(text)
    case .bytes(let bytes): value = .bytes(bytes)
    default: throw missingOperand()
    }
    advance()
    return try node(.literal(value), from: start)
  }

  private func integer(_ magnitude: UInt64, _ isNegative: Bool, _ range: Range<Int>) throws(ExpressionError) -> Int64 {
    if isNegative { return Int64(truncatingIfNeeded: 0 &- magnitude) }
    guard let value = Int64(exactly: magnitude) else {
      throw ExpressionError(message: "the number is too large for an int", range: range)
    }
    return value
  }

  private func missingOperand() -> ExpressionError {
    guard position > 0, case .symbol(let symbol) = tokens[position - 1].kind else {
      return unexpected(current.kind == .end ? "the expression is empty" : nil)
    }
    return unexpected("a value is missing after '\(symbol)'")
  }

  /// What stands between commas; a comma at the end is allowed where CEL's grammar has it.
  private mutating func arguments(until close: String) throws(ExpressionError) -> [Node] {
    var arguments: [Node] = []
    if take(close) { return [] }
    repeat { arguments.append(try expression()) } while take(",")
    try expect(close, to: "after the arguments")
    return arguments
  }

  private mutating func list(from start: Int) throws(ExpressionError) -> Node {
    var elements: [Node.Element] = []
    while !isAt("]") {
      let isOptional = take("?")
      elements.append(Node.Element(value: try expression(), isOptional: isOptional))
      if !take(",") { break }
    }
    try expect("]", to: "to close '['")
    return try node(.list(elements), from: start)
  }

  private mutating func map(from start: Int) throws(ExpressionError) -> Node {
    var entries: [Node.Entry] = []
    while !isAt("}") {
      let isOptional = take("?")
      let key = try expression()
      try expect(":", to: "after the key of a map")
      entries.append(Node.Entry(key: key, value: try expression(), isOptional: isOptional))
      if !take(",") { break }
    }
    try expect("}", to: "to close '{'")
    return try node(.map(entries), from: start)
  }
}
