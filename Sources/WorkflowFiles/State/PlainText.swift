/// Text that may stand in YAML without quotes and is still the same string to readers of YAML 1.1 and 1.2.
enum PlainText {
  /// A letter first; then letters, digits, `_ . / @ + -`, and single spaces or colons inside; no word to which either
  /// version gives another meaning. Digits first are never plain, so numbers, dates and times keep their quotes.
  static func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isPlain($0) }
  }

  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last, isLetter(first), bytes.count <= 256 else { return false }
    var previous = first
    for byte in bytes.dropFirst() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: ":"): guard isWord(previous) else { return false }
      default: guard isWord(byte) else { return false }
      }
      if byte == UInt8(ascii: " "), previous == UInt8(ascii: ":") { return false }
      previous = byte
    }
    return isWord(last) && !isReserved(bytes)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
  }

  /// What a plain text is made of, apart from single spaces and colons.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"),
      UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: isLetter(byte)
    }
  }

  private static func isReserved(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 5, "ynotfi".utf8.contains(bytes[0] | 0x20) else { return false }
    return reserved.contains { $0.elementsEqual(bytes.lazy.map { $0 | 0x20 }) }
  }

  private static let reserved = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]
    .map { Array($0.utf8) }
}
