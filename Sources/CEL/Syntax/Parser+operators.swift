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
  /// Operators by precedence, with stacks of our own: a long chain costs no recursion.
  mutating func operators() throws(ExpressionError) -> Node {
    var operands = [try unary()]
    var pending: [BinaryOperator] = []
    while let binary = BinaryOperator(current) {
      while let last = pending.last,
        last.precedence > binary.precedence || (last.precedence == binary.precedence && !last.isChain)
      {
        try reduce(&operands, &pending)
      }
      advance()
      pending.append(binary)
      operands.append(try unary())
    }
    while !pending.isEmpty { try reduce(&operands, &pending) }
    return operands[0]
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
      default: .call(Node.Call(name: binary.function, nameRange: binary.range, arguments: taken))
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
    var signs: [Token] = []
    while isAt("!") || isAt("-") {
      if isAt("-"), next.isNumber { break }
      signs.append(current)
      advance()
      guard signs.count <= limits.depth else { throw unexpected("too many signs in a row") }
    }
    var node = try member()
    for sign in signs.reversed() {
      let name = sign.kind == .symbol("!") ? "!_" : "-_"
      let call = Node.Call(name: name, nameRange: sign.range, arguments: [node])
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
