/// Builds the tree; macros are expanded here, as CEL has it.
struct Parser {
  let tokens: [Token]
  let limits: ExpressionLimits
  var position = 0
  /// Parentheses, brackets and calls that are open.
  var nesting = 0

  static func parse(_ source: String, limits: ExpressionLimits) throws(ExpressionError) -> Node {
    guard source.utf8.count <= limits.bytes else {
      throw ExpressionError(
        message: "the expression is longer than \(limits.bytes) bytes", range: limits.bytes..<source.utf8.count)
    }
    var parser = Parser(tokens: try Lexer.tokens(of: source), limits: limits)
    let node = try parser.expression()
    guard parser.current.kind == .end else { throw parser.unexpected() }
    return node
  }

  private init(tokens: [Token], limits: ExpressionLimits) {
    self.tokens = tokens
    self.limits = limits
  }

  var current: Token { tokens[position] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }
  /// Where the last taken token ends.
  var end: Int { position > 0 ? tokens[position - 1].range.upperBound : 0 }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  func isAt(_ symbol: String) -> Bool {
    current.kind == .symbol(symbol)
  }

  mutating func take(_ symbol: String) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: String, to purpose: String) throws(ExpressionError) {
    guard take(symbol) else {
      throw unexpected("'\(symbol)' is missing \(purpose)")
    }
  }

  /// A node, unless the tree would get too deep.
  func node(_ kind: Node.Kind, from start: Int) throws(ExpressionError) -> Node {
    let node = Node(kind, range: start..<max(start, end))
    guard node.depth <= limits.depth else { throw tooDeep(start..<end) }
    return node
  }

  private func tooDeep(_ range: Range<Int>) -> ExpressionError {
    ExpressionError(
      message: "the expression is nested more than \(limits.depth) deep",
      hint: "split it: cel.bind() names a part, a variable keeps one", range: range)
  }

  /// `a ? b : c`, or what is before a `?`.
  mutating func expression() throws(ExpressionError) -> Node {
    nesting += 1
    guard nesting <= limits.depth else { throw tooDeep(current.range) }
    let condition = try operators()
    let node = isAt("?") ? try conditional(condition) : condition
    nesting -= 1
    return node
  }

  /// `a ? b : c ? d : e` goes on to the right without recursion.
  private mutating func conditional(_ condition: Node) throws(ExpressionError) -> Node {
    var open: [(condition: Node, then: Node)] = []
    var last = condition
    while take("?") {
      let then = try operators()
      try expect(":", to: "between the two outcomes of '?'")
      open.append((last, then))
      last = try operators()
    }
    for (condition, then) in open.reversed() {
      last = try node(.conditional(condition, then, last), from: condition.range.lowerBound)
    }
    return last
  }

  func unexpected(_ message: String? = nil) -> ExpressionError {
    let spelled: [Token.Kind: String] = [
      .identifier("and"): "'and' is written '&&'", .identifier("or"): "'or' is written '||'",
      .identifier("not"): "'not' is written '!'", .identifier("is"): "equality is written '=='",
    ]
    if let hint = spelled[current.kind] {
      return ExpressionError(
        message: message ?? "\(current.description) is not expected here", hint: hint, range: current.range)
    }
    if current.kind == .end {
      return ExpressionError(message: message ?? "the expression ends too early", range: current.range)
    }
    return ExpressionError(message: message ?? "\(current.description) is not expected here", range: current.range)
  }
}
