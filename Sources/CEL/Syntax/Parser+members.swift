extension Parser {
  /// A primary with what follows it: `.field`, `.method()`, `[index]`.
  mutating func member() throws(ExpressionError) -> Node {
    let start = current.range.lowerBound
    var operand = try primary()
    while let next = try suffix(operand, from: start) { operand = next }
    return operand
  }

  private mutating func suffix(_ operand: Node, from start: Int) throws(ExpressionError) -> Node? {
    if take(".") { return try selection(operand, from: start) }
    if take("[") { return try index(operand, from: start) }
    guard isAt("{") else { return nil }
    throw unexpected("messages are not part of this language: write a map, {'name': value}")
  }

  private mutating func index(_ operand: Node, from start: Int) throws(ExpressionError) -> Node {
    let isOptional = take("?")
    let index = try expression()
    try expect("]", to: "after the index")
    return try node(.index(operand, index, isOptional: isOptional), from: start)
  }

  private mutating func selection(_ operand: Node, from start: Int) throws(ExpressionError) -> Node {
    let isOptional = take("?")
    let isQuoted = isAtQuotedName
    let name = try fieldName()
    guard !isOptional, !isQuoted, take("(") else {
      return try node(.select(operand, field: Node.Field(name.text, name.range, isOptional: isOptional)), from: start)
    }
    let arguments = try arguments(until: ")")
    return try call(Node.Call(name.text, name.range, target: operand, arguments), from: start)
  }

  private var isAtQuotedName: Bool {
    if case .quoted = current.kind { true } else { false }
  }

  private mutating func fieldName() throws(ExpressionError) -> Node.Name {
    let range = current.range
    switch current.kind {
    case .quoted(let text), .identifier(let text):
      guard isAtQuotedName || !Parser.keywords.contains(text) else { break }
      advance()
      return Node.Name(text, range)
    default: break
    }
    throw unexpected("a field name is missing after '.'")
  }

  private static let keywords: Set<String> = ["in", "true", "false", "null"]
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]

  private mutating func primary() throws(ExpressionError) -> Node {
    let start = current.range.lowerBound
    if take("(") { return try parenthesised() }
    if take("[") { return try list(from: start) }
    if take("{") { return try map(from: start) }
    if take(".") { return try named(isAbsolute: true, from: start) }
    if case .identifier = current.kind { return try named(isAbsolute: false, from: start) }
    return try literal(from: start)
  }

  private mutating func parenthesised() throws(ExpressionError) -> Node {
    let node = try expression()
    try expect(")", to: "to close '('")
    return node
  }

  private mutating func named(isAbsolute: Bool, from start: Int) throws(ExpressionError) -> Node {
    if !isAbsolute, let word = try word(from: start) { return word }
    let name = try name(isAbsolute)
    guard take("(") else { return try node(.identifier(name.text, isAbsolute: isAbsolute), from: start) }
    let arguments = try arguments(until: ")")
    return try call(Node.Call(name.text, name.range, arguments, isAbsolute: isAbsolute), from: start)
  }

  private mutating func word(from start: Int) throws(ExpressionError) -> Node? {
    guard case .identifier(let name) = current.kind, let literal = Parser.words[name] else { return nil }
    advance()
    return try node(.literal(literal), from: start)
  }

  private mutating func name(_ isAbsolute: Bool) throws(ExpressionError) -> Node.Name {
    guard case .identifier(let name) = current.kind else { throw unexpected("a name is missing after '.'") }
    guard !Parser.keywords.contains(name), !Parser.reserved.contains(name) else {
      throw unexpected("'\(name)' is a reserved word")
    }
    if name == "not" || name == "and" || name == "or", case .identifier = next.kind { throw unexpected() }
    defer { advance() }
    return Node.Name(name, current.range)
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
