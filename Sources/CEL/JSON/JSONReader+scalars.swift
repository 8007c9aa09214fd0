extension JSONReader {
  mutating func number() throws(JSONError) -> Value {
    let start = position
    let isNegative = take("-")
    let digits = position
    var magnitude: UInt64 = 0
    var isLarge = false
    while let digit = digit() {
      let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, overflowed) = tens.addingReportingOverflow(digit)
      isLarge = isLarge || overflow || overflowed
      magnitude = sum
    }
    guard position > digits else { throw error("a number goes on with a digit") }
    guard bytes[digits] != 0x30 || position == digits + 1 else {
      throw JSONError(message: "a number does not begin with 0", offset: digits)
    }
    if isAtFraction { return try double(from: start) }
    if !isLarge, isNegative, magnitude <= Int64.min.magnitude {
      return .int(Int64(truncatingIfNeeded: 0 &- magnitude))
    }
    if !isLarge, !isNegative, magnitude <= Int64.max.magnitude { return .int(Int64(magnitude)) }
    return try double(from: start)
  }

  private var isAtFraction: Bool {
    guard position < bytes.count else { return false }
    return bytes[position] == UInt8(ascii: ".") || bytes[position] | 0x20 == UInt8(ascii: "e")
  }

  /// Goes on after the whole part.
  private mutating func double(from start: Int) throws(JSONError) -> Value {
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw JSONError(message: "the number \(text.shortened) is too large", offset: start)
    }
    return .double(value)
  }

  private mutating func digits() throws(JSONError) {
    guard digit() != nil else { throw error("a number goes on with a digit") }
    while digit() != nil {}
  }

  private mutating func digit() -> UInt64? {
    guard position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 else { return nil }
    defer { position += 1 }
    return UInt64(bytes[position] - 0x30)
  }

  /// The position is at the opening quote.
  mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return try text(bytes[start..<position], at: start)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw error("a control character in a text is written as an escape")
      default: position += 1
      }
    }
    throw JSONError(message: "a text has no closing quote", offset: start - 1)
  }

  /// The position is at the first backslash.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var buffer = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return try buffer.withUnsafeBufferPointer { buffer throws(JSONError) in try text(buffer[...], at: start) }
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &buffer)
      case 0..<0x20: throw error("a control character in a text is written as an escape")
      default:
        buffer.append(byte)
        position += 1
      }
    }
    throw JSONError(message: "a text has no closing quote", offset: start - 1)
  }

  private func text(_ slice: Slice<UnsafeBufferPointer<UInt8>>, at start: Int) throws(JSONError) -> String {
    guard let text = String(validating: UnsafeBufferPointer(rebasing: slice), as: UTF8.self) else {
      throw JSONError(message: "a text is not UTF-8", offset: start)
    }
    return text
  }

  private mutating func escape(into buffer: inout [UInt8]) throws(JSONError) {
    guard position < bytes.count else { throw error("a text has no closing quote") }
    let mark = bytes[position]
    position += 1
    switch mark {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(mark)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "u"): buffer.append(contentsOf: String(try scalar()).utf8)
    default: throw JSONError(message: "there is no such escape", offset: position - 2)
    }
  }

  /// The position is after `\u`.
  private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
    let start = position - 2
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw half(start) }
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw half(start) }
    return scalar
  }

  private func half(_ offset: Int) -> JSONError {
    JSONError(message: "an escape is half of a surrogate pair", offset: offset)
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw error("an escape has four hexadecimal digits") }
    var number: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = bytes[position].hexadecimalDigit else {
        throw error("an escape has four hexadecimal digits")
      }
      number = number << 4 | UInt32(digit)
      position += 1
    }
    return number
  }
}

extension UInt8 {
  /// The value of this ASCII character as a hexadecimal digit.
  var hexadecimalDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
