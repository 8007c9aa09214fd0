package import CEL

extension RecordReader {
  /// A text as it is written: with quotes only where it needs them.
  package mutating func text() throws(RecordError) -> String {
    let start = position
    if peek == UInt8(ascii: "\"") {
      let text = try quoted()
      if style == .yaml, PlainText.isPlain(text) { throw error(.expected("a text without quotes"), at: start) }
      return text
    }
    guard style == .yaml, let word = plain(), PlainText.isPlain(word) else {
      throw error(.expected("a text"), at: start)
    }
    return word
  }

  package mutating func int() throws(RecordError) -> Int {
    let start = position
    let digits = bytes(while: \.startsNumber)
    if digits.count == 1, let digit = digits.first, digit != UInt8(ascii: "-") { return Int(digit - UInt8(ascii: "0")) }
    let text = String(decoding: digits, as: UTF8.self)
    guard let number = Int(text), String(number) == text else { throw error(.expected("a whole number"), at: start) }
    return number
  }

  package mutating func instant() throws(RecordError) -> Timestamp {
    let start = position
    if style == .json { try expect("\"") }
    let text = bytes { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
    guard text.count <= 40, let instant = Timestamp(rfc3339: String(decoding: text, as: UTF8.self)) else {
      throw error(.expected("an instant"), at: start)
    }
    if style == .json { try expect("\"") }
    return instant
  }

  /// `30s`, `1.5s`
  package mutating func duration(_ name: StaticString) throws(RecordError) -> Duration {
    try key(name)
    let start = position
    guard let duration = Duration(cel: try text()) else { throw error(.expected("a duration"), at: start) }
    return duration
  }

  /// A word of an enumeration whose raw values are its spelling.
  package mutating func word<Kind: RawRepresentable<String>>(_ field: String) throws(RecordError) -> Kind {
    let start = position
    let text = try text()
    guard let kind = Kind(rawValue: text) else {
      throw error(.unknownKind(field: field, value: text), at: start)
    }
    return kind
  }

  // MARK: Spelling

  /// A word without quotes; spaces and colons only between parts of it.
  mutating func plain() -> String? {
    let start = position
    while let byte = peek {
      let isInside =
        (byte == UInt8(ascii: " ") || byte == UInt8(ascii: ":")) && peek(at: 1).map(PlainText.isWord) == true
      guard isInside || PlainText.isWord(byte) else { break }
      advance()
    }
    return start < position ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
  }

  /// A text in quotes, with escapes only where a character needs one.
  mutating func quoted() throws(RecordError) -> String {
    let opening = position
    try expect("\"")
    let start = position
    let simple = bytes { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    let isSimple = skip("\"")
    let text = try validated(isSimple ? simple : content(after: simple)[...], from: start)
    if !isSimple {
      var written: [UInt8] = []
      QuotedText.append(text, to: &written)
      guard written.elementsEqual(bytes[opening..<position]) else {
        throw error(.expected("escapes where they are needed"), at: start)
      }
    }
    return text
  }

  /// Reads to the closing quote.
  private mutating func content(after simple: ArraySlice<UInt8>) throws(RecordError) -> [UInt8] {
    var content = Array(simple)
    while !skip("\"") {
      guard let byte = peek, byte >= 0x20 else { throw error(.expected("the end of a quoted text")) }
      advance()
      if byte == UInt8(ascii: "\\") { try escape(into: &content) } else { content.append(byte) }
    }
    return content
  }

  private func validated(_ content: ArraySlice<UInt8>, from start: Int) throws(RecordError) -> String {
    if content.allSatisfy({ $0 < 0x80 }) { return String(decoding: content, as: UTF8.self) }
    guard let text = String(validating: content, as: UTF8.self) else { throw error(.expected("UTF-8"), at: start) }
    return text
  }

  private mutating func escape(into content: inout [UInt8]) throws(RecordError) {
    let mark = peek
    advance()
    switch mark {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): content.append(mark!)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "u"):
      let digits = bytes[position..<Swift.min(position + 4, bytes.count)]
      guard digits.count == 4, digits.allSatisfy(\.isHexDigit), peek(at: 3) != nil,
        let scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
      else { throw error(.expected("four hexadecimal digits")) }
      advance(4)
      content.append(contentsOf: UTF8.encode(scalar)!)
    default: throw error(.expected("an escape that JSON knows"), at: position - 1)
    }
  }
}

extension UInt8 {
  var startsNumber: Bool { self == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  fileprivate var isHexDigit: Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
  }
}

// MARK: Fields that may be absent

extension RecordReader {
  package mutating func text(_ name: StaticString) throws(RecordError) -> String {
    try key(name)
    return try text()
  }

  package mutating func text(ifPresent name: StaticString) throws(RecordError) -> String? {
    has(name) ? try text() : nil
  }

  package mutating func word<Kind: RawRepresentable<String>>(field name: StaticString) throws(RecordError) -> Kind {
    try key(name)
    return try word("\(name)")
  }

  package mutating func int(_ name: StaticString) throws(RecordError) -> Int {
    try key(name)
    return try int()
  }

  package mutating func int(_ name: StaticString, default value: Int) throws(RecordError) -> Int {
    has(name) ? try int() : value
  }

  package mutating func instant(_ name: StaticString) throws(RecordError) -> Timestamp {
    try key(name)
    return try instant()
  }

  package mutating func instant(ifPresent name: StaticString) throws(RecordError) -> Timestamp? {
    has(name) ? try instant() : nil
  }

  package mutating func texts(ifPresent name: StaticString) throws(RecordError) -> [String] {
    has(name) ? try list { reader throws(RecordError) in try reader.text() } : []
  }

  package mutating func items<Item>(
    _ name: StaticString, _ body: (inout RecordReader) throws(RecordError) -> Item
  ) throws(RecordError) -> [Item] {
    has(name) ? try list(body) : []
  }
}
