extension Lexer {
  mutating func number() throws(ExpressionError) -> Token.Kind {
    let start = position
    if peek() == UInt8(ascii: "0"), peek(1).map({ $0 | 0x20 }) == UInt8(ascii: "x") { return try hexadecimal() }
    skipDigits()
    var isDouble = false
    if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
      isDouble = true
      position += 1
      skipDigits()
    }
    if let mark = peek(), mark | 0x20 == UInt8(ascii: "e") {
      let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
      if peek(signed ? 2 : 1)?.isDigit == true {
        isDouble = true
        position += signed ? 2 : 1
        skipDigits()
      }
    }
    let text = String(decoding: source[start..<position], as: UTF8.self)
    if isDouble {
      try endNumber(start)
      guard let value = Double(text), value.isFinite else {
        throw error("the number \(text) is too large for a double", from: start)
      }
      return .double(value)
    }
    return try integer(text, radix: 10, from: start)
  }

  private mutating func hexadecimal() throws(ExpressionError) -> Token.Kind {
    let start = position
    position += 2
    let digits = position
    while peek()?.hexadecimalDigit != nil { position += 1 }
    return try integer(String(decoding: source[digits..<position], as: UTF8.self), radix: 16, from: start)
  }

  private mutating func integer(_ digits: String, radix: Int, from start: Int) throws(ExpressionError) -> Token.Kind {
    let isUnsigned = peek().map { $0 | 0x20 } == UInt8(ascii: "u")
    if isUnsigned { position += 1 }
    try endNumber(start)
    guard let value = UInt64(digits, radix: radix), isUnsigned || value <= Int64.min.magnitude else {
      throw error("the number is too large for \(isUnsigned ? "a uint" : "an int")", from: start)
    }
    return isUnsigned ? .unsigned(value) : .integer(value)
  }

  private mutating func skipDigits() {
    while peek()?.isDigit == true { position += 1 }
  }

  private mutating func endNumber(_ start: Int) throws(ExpressionError) {
    guard let byte = peek(), byte.isLetter || byte.isDigit else { return }
    while let byte = peek(), byte.isLetter || byte.isDigit { position += 1 }
    let text = String(decoding: source[start..<position], as: UTF8.self)
    throw error(
      "'\(text)' is not a number", hint: "durations are written duration('2h'), names begin with a letter", from: start)
  }

  struct StringPrefix {
    var isRaw = false
    var isBytes = false
    var length = 0
  }

  /// `r`, `b` or `br` before a quote, in either case; nil if no string begins here.
  func stringPrefix() -> StringPrefix? {
    var prefix = StringPrefix()
    while let byte = peek(prefix.length) {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): return prefix
      case UInt8(ascii: "b"), UInt8(ascii: "B"):
        guard !prefix.isBytes, !prefix.isRaw else { return nil }
        prefix.isBytes = true
      case UInt8(ascii: "r"), UInt8(ascii: "R"):
        guard !prefix.isRaw else { return nil }
        prefix.isRaw = true
      default: return nil
      }
      prefix.length += 1
    }
    return nil
  }

  mutating func string(_ prefix: StringPrefix) throws(ExpressionError) -> Token.Kind {
    let start = position
    position += prefix.length
    let quote = source[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    position += isTriple ? 3 : 1
    var content: [UInt8] = []
    while let byte = peek() {
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        position += isTriple ? 3 : 1
        return prefix.isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
      }
      if byte == UInt8(ascii: "\\"), !prefix.isRaw {
        try escape(into: &content, isBytes: prefix.isBytes)
      } else if !isTriple, byte == 0x0A || byte == 0x0D {
        break
      } else {
        content.append(byte)
        position += 1
      }
    }
    throw error("a string has no closing quote", from: start)
  }

  private mutating func escape(into content: inout [UInt8], isBytes: Bool) throws(ExpressionError) {
    let start = position
    let mark = peek(1) ?? 0
    position += 2
    let simple: [UInt8: UInt8] = [
      0x61: 0x07, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x76: 0x0B,
      0x5C: 0x5C, 0x3F: 0x3F, 0x22: 0x22, 0x27: 0x27, 0x60: 0x60,
    ]
    if let byte = simple[mark] { return content.append(byte) }
    switch mark {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): try append(digits(2, radix: 16, start), to: &content, isBytes, start)
    case UInt8(ascii: "u") where !isBytes: try append(digits(4, radix: 16, start), to: &content, false, start)
    case UInt8(ascii: "U") where !isBytes: try append(digits(8, radix: 16, start), to: &content, false, start)
    case 0x30...0x33:
      position -= 1
      try append(digits(3, radix: 8, start), to: &content, isBytes, start)
    default:
      throw error(
        "there is no such escape in a string", hint: "a backslash is written '\\\\', or the string r'...'", from: start)
    }
  }

  private mutating func digits(_ count: Int, radix: Int, _ start: Int) throws(ExpressionError) -> UInt32 {
    let end = position + count
    guard end <= source.count,
      let number = UInt32(String(decoding: source[position..<end], as: UTF8.self), radix: radix),
      source[position].hexadecimalDigit != nil
    else {
      throw error("this escape has \(count) \(radix == 8 ? "octal" : "hexadecimal") digits", from: start)
    }
    position = end
    return number
  }

  private func append(
    _ number: UInt32, to content: inout [UInt8], _ isBytes: Bool, _ start: Int
  ) throws(ExpressionError) {
    if isBytes { return content.append(UInt8(truncatingIfNeeded: number)) }
    guard let scalar = Unicode.Scalar(number), let bytes = Unicode.UTF8.encode(scalar) else {
      throw error("this escape names no character", from: start)
    }
    content.append(contentsOf: bytes)
  }
}
