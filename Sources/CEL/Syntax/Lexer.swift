/// Cuts source into tokens.
struct Lexer {
  let source: [UInt8]
  var position = 0

  init(_ source: String) {
    self.source = Array(source.utf8)
  }

  /// All tokens, the last one `end`.
  static func tokens(of source: String) throws(ExpressionError) -> [Token] {
    var lexer = Lexer(source)
    var tokens: [Token] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private mutating func next() throws(ExpressionError) -> Token {
    skipSpace()
    let start = position
    let kind = try kind()
    return Token(kind: kind, range: start..<position)
  }

  private mutating func kind() throws(ExpressionError) -> Token.Kind {
    guard let byte = peek() else { return .end }
    if let prefix = stringPrefix() { return try string(prefix) }
    if byte.isLetter { return .identifier(name()) }
    if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1)?.isDigit == true) { return try number() }
    if byte == UInt8(ascii: "`") { return try quotedName() }
    return try symbol(byte)
  }

  func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < source.count ? source[position + ahead] : nil
  }

  private mutating func skipSpace() {
    while let byte = peek() {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while let byte = peek(), byte != 0x0A { position += byte == 0x0A ? 0 : 1 }
      default: return
      }
    }
  }

  private mutating func name() -> String {
    let start = position
    while let byte = peek(), byte.isLetter || byte.isDigit { position += 1 }
    return String(decoding: source[start..<position], as: UTF8.self)
  }

  private mutating func quotedName() throws(ExpressionError) -> Token.Kind {
    let start = position
    position += 1
    while let byte = peek(), byte.isLetter || byte.isDigit || [0x20, 0x2D, 0x2E, 0x2F].contains(byte) { position += 1 }
    guard peek() == UInt8(ascii: "`"), position > start + 1 else {
      throw error("a name in backquotes has letters, digits, '_', '.', '-', '/' and spaces", from: start)
    }
    position += 1
    return .quoted(String(decoding: source[start + 1..<position - 1], as: UTF8.self))
  }

  private static let pairs: Set<String> = ["==", "!=", "<=", ">=", "&&", "||"]
  private static let singles = Set("()[]{}.,:?+-*/%!<>".utf8)

  private mutating func symbol(_ byte: UInt8) throws(ExpressionError) -> Token.Kind {
    let two = String(decoding: source[position..<min(position + 2, source.count)], as: UTF8.self)
    if Lexer.pairs.contains(two) {
      position += 2
      return .symbol(two)
    }
    guard Lexer.singles.contains(byte) else { throw unknown(byte) }
    position += 1
    return .symbol(String(decoding: [byte], as: UTF8.self))
  }

  private func unknown(_ byte: UInt8) -> ExpressionError {
    let hints: [UInt8: String] = [
      UInt8(ascii: "="): "equality is written '=='", UInt8(ascii: "&"): "'and' is written '&&'",
      UInt8(ascii: "|"): "'or' is written '||'", UInt8(ascii: ";"): "an expression has no ';'",
      UInt8(ascii: "$"): "inside an expression, names stand without '$'",
    ]
    let rest = String(decoding: source[position...].prefix(4), as: UTF8.self)
    let character = rest.unicodeScalars.first.map { String($0) } ?? ""
    return ExpressionError(
      message: "'\(character)' means nothing here",
      hint: "‘’“”„".contains(character) ? "quotes are written ' or \"" : hints[byte],
      range: position..<min(position + character.utf8.count, source.count))
  }

  func error(_ message: String, hint: String? = nil, from start: Int) -> ExpressionError {
    ExpressionError(message: message, hint: hint, range: start..<max(start, min(position, source.count)))
  }
}

extension UInt8 {
  /// An ASCII letter or `_`.
  var isLetter: Bool { (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self == 0x5F }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
