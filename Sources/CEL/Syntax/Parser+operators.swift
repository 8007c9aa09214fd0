/// An operator between two operands.
struct BinaryOperator: Sendable {
  let symbol: String
  /// CEL's name of the function: `_+_`.
  let function: String
  let precedence: Int
  let range: Range<Int>

  private static let table: [String: (String, Int)] = [
    "||": ("_||_", 1), "&&": ("_&&_", 2),
    "<": ("_<_", 3), "<=": ("_<=_", 3), ">": ("_>_", 3), ">=": ("_>=_", 3), "==": ("_==_", 3), "!=": ("_!=_", 3),
    "in": ("@in", 3), "+": ("_+_", 4), "-": ("_-_", 4), "*": ("_*_", 5), "/": ("_/_", 5), "%": ("_%_", 5),
  ]

  init?(_ token: Token) {
    switch token.kind {
    case .symbol(let symbol): self.symbol = symbol
    case .identifier("in"): symbol = "in"
    default: return nil
    }
    guard let (function, precedence) = BinaryOperator.table[symbol] else { return nil }
    self.function = function
    self.precedence = precedence
    range = token.range
  }

  /// `&&` and `||` take any number of operands.
  var isChain: Bool { precedence <= 2 }
}

extension Parser {
  // What recurses here is split so that each frame is small: nesting costs stack.

  /// Operators by precedence, with stacks of our own: a long chain costs no recursion.
  mutating func operators() throws(ExpressionError) -> Node {
    let first = try unary()
    return isAtOperator ? try chain(first) : first
  }

  private var isAtOperator: Bool { BinaryOperator(current) != nil }

  private mutating func chain(_ first: Node) throws(ExpressionError) -> Node {
    var chain = Chain(operands: [first])
    while try takeOperator(&chain) { chain.operands.append(try unary()) }
    return chain.operands[0]
  }

  private struct Chain {
    var operands: [Node]
    var pending: [BinaryOperator] = []
  }

  /// Takes the next operator; false, with one operand left, if there is none.
  private mutating func takeOperator(_ chain: inout Chain) throws(ExpressionError) -> Bool {
    let binary = BinaryOperator(current)
    try reduce(&chain, before: binary)
    guard let binary else { return false }
    advance()
    chain.pending.append(binary)
    return true
  }

  /// Makes nodes of what binds tighter than the next operator; at the end, of all.
  private func reduce(_ chain: inout Chain, before next: BinaryOperator?) throws(ExpressionError) {
    while let last = chain.pending.last {
      if let next, last.precedence < next.precedence || (last.precedence == next.precedence && last.isChain) { return }
      try reduce(&chain.operands, &chain.pending)
    }
  }

  /// Makes one node of the last operator and its operands.
  private func reduce(_ operands: inout [Node], _ pending: inout [BinaryOperator]) throws(ExpressionError) {
    let binary = pending.removeLast()
    var count = 2
    while binary.isChain, pending.last?.symbol == binary.symbol {
      pending.removeLast()
      count += 1
    }
    let taken = Array(operands.suffix(count))
    operands.removeLast(count)
    let start = taken[0].range.lowerBound
    let kind: Node.Kind =
      switch binary.symbol {
      case "&&": .and(taken)
      case "||": .or(taken)
      default: .call(Node.Call(binary.function, binary.range, taken))
      }
    let node = Node(kind, range: start..<taken[count - 1].range.upperBound)
    operands.append(try self.node(node.kind, from: start, to: node.range.upperBound))
  }

  private func node(_ kind: Node.Kind, from start: Int, to end: Int) throws(ExpressionError) -> Node {
    let node = Node(kind, range: start..<max(start, end))
    guard node.depth <= limits.depth else {
      throw ExpressionError(
        message: "more than \(limits.depth) operators within each other",
        hint: "group them with parentheses, or name parts with cel.bind()", range: node.range)
    }
    return node
  }

  private mutating func unary() throws(ExpressionError) -> Node {
    guard isAtSign else { return try member() }
    let signs = try signs()
    return try apply(signs, to: try member())
  }

  /// A minus before a number is a part of the number.
  private var isAtSign: Bool {
    isAt("!") || (isAt("-") && !next.isNumber)
  }

  private mutating func signs() throws(ExpressionError) -> [Token] {
    var signs: [Token] = []
    while isAtSign {
      signs.append(current)
      advance()
      guard signs.count <= limits.depth else { throw unexpected("too many signs in a row") }
    }
    return signs
  }

  private func apply(_ signs: [Token], to operand: Node) throws(ExpressionError) -> Node {
    var node = operand
    for sign in signs.reversed() {
      let call = Node.Call(sign.kind == .symbol("!") ? "!_" : "-_", sign.range, [node])
      node = try self.node(.call(call), from: sign.range.lowerBound, to: node.range.upperBound)
    }
    return node
  }
}

extension Token {
  fileprivate var isNumber: Bool {
    switch kind {
    case .integer, .double: true
    default: false
    }
  }
}
