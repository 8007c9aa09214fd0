/// A pattern as a tree.
indirect enum RegexNode {
  case empty
  case set(ScalarSet)
  case scalar(Unicode.Scalar)
  case assertion(LinearRegex.Assertion)
  case sequence([RegexNode])
  case choice([RegexNode])
  /// At least and at most so many times; nil is without end.
  case repetition(RegexNode, Int, Int?)
}

/// Reads a pattern.
struct RegexParser {
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
  }

  let scalars: [Unicode.Scalar]
  let dialect: LinearRegex.Dialect
  var position = 0
  var flags = Flags()
  private var depth = 0

  static let depthLimit = 100
  static let repetitionLimit = 1000

  init(_ pattern: String, dialect: LinearRegex.Dialect) {
    scalars = Array(pattern.unicodeScalars)
    self.dialect = dialect
    flags.dotMatchesNewline = false
  }

  mutating func parse() throws(RegexError) -> RegexNode {
    let node = try choice()
    guard position == scalars.count else { throw error("has a ')' without '('") }
    return node
  }

  func error(_ what: String) -> RegexError {
    let pattern = String(String.UnicodeScalarView(scalars)).shortened
    return RegexError(message: "the pattern '\(pattern)' \(what)")
  }

  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  mutating func next() throws(RegexError) -> Unicode.Scalar {
    guard let scalar = peek else { throw error("ends too early") }
    position += 1
    return scalar
  }

  private mutating func choice() throws(RegexError) -> RegexNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= RegexParser.depthLimit else { throw error("is nested too deep") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(RegexError) -> RegexNode {
    var nodes: [RegexNode] = []
    while let scalar = peek, scalar != "|", scalar != ")" {
      guard let node = try atom() else { continue }
      nodes.append(try repeated(node))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  /// nil for flags, which match nothing.
  private mutating func atom() throws(RegexError) -> RegexNode? {
    let scalar = try next()
    switch scalar {
    case "(": return try group()
    case "[": return .set(try bracket())
    case ".": return .set(flags.dotMatchesNewline ? .any : .anyInLine)
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "\\": return try escape()
    case "*", "+", "?": throw error("repeats nothing with '\(scalar)'")
    default: return literal(scalar)
    }
  }

  func literal(_ scalar: Unicode.Scalar) -> RegexNode {
    guard flags.ignoresCase, scalar.properties.isCased else { return .scalar(scalar) }
    return .set(ScalarSet([.range(scalar.value...scalar.value)], ignoresCase: true))
  }

  private mutating func group() throws(RegexError) -> RegexNode? {
    let saved = flags
    if take("?") {
      if take("=") || take("!") { throw error("looks ahead, which takes more than linear time") }
      if take("P") {
        guard take("<") else { throw error("has a broken group name") }
        try groupName()
      } else if take("<") {
        if peek == "=" || peek == "!" { throw error("looks behind, which takes more than linear time") }
        try groupName()
      } else if try readFlags() {
        return nil
      }
    }
    let node = try choice()
    guard take(")") else { throw error("has a '(' without ')'") }
    flags = saved
    return node
  }

  private mutating func groupName() throws(RegexError) {
    let start = position
    while let scalar = peek, scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      position += 1
    }
    guard position > start, take(">") else { throw error("has a broken group name") }
  }

  /// `i-s:` or `i)`; true if the group ends with its flags, which then hold for the rest.
  private mutating func readFlags() throws(RegexError) -> Bool {
    var isOn = true
    while true {
      switch try next() {
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s": flags.dotMatchesNewline = isOn
      case "U": break
      case "-": isOn = false
      case ":": return false
      case ")": return true
      default: throw error("has an unknown flag after '(?'")
      }
    }
  }

  private mutating func repeated(_ node: RegexNode) throws(RegexError) -> RegexNode {
    var node = node
    var count = 0
    while let bounds = try quantifier() {
      _ = take("?")
      node = .repetition(node, bounds.0, bounds.1)
      count += 1
      guard count < 3 else { throw error("repeats a repetition") }
    }
    return node
  }

  private mutating func quantifier() throws(RegexError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = position
    guard take("{") else { return nil }
    guard let low = try number() else {
      position = start
      return nil
    }
    var high: Int? = low
    if take(",") { high = try number() }
    guard take("}") else {
      position = start
      return nil
    }
    if let high, high < low { throw error("repeats at most \(high) but at least \(low) times") }
    return (low, high)
  }

  private mutating func number() throws(RegexError) -> Int? {
    var number: Int?
    while let digit = peek, digit >= "0", digit <= "9" {
      position += 1
      number = (number ?? 0) * 10 + Int(digit.value - 0x30)
      if let number, number > RegexParser.repetitionLimit {
        throw error("repeats more than \(RegexParser.repetitionLimit) times")
      }
    }
    return number
  }
}
