/// Splits literal text from the expressions that `${...}` embeds. `$${` is a literal `${`.
enum TemplateText {
  enum Part: Equatable {
    case text(String)
    /// The source, and the UTF-8 offset at which it begins.
    case expression(String, at: Int)
    /// A `${` at this offset without its `}`.
    case unclosed(at: Int)
  }

  static func parts(of text: String) -> [Part] {
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var literal: [UInt8] = []
    var index = 0
    func flush() {
      if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    while index < bytes.count {
      if has("$${", at: index, in: bytes) {
        literal += "${".utf8
        index += 3
      } else if has("${", at: index, in: bytes) {
        flush()
        guard let end = end(of: index + 2, in: bytes) else {
          parts.append(.unclosed(at: index))
          return parts
        }
        parts.append(.expression(String(decoding: bytes[index + 2..<end], as: UTF8.self), at: index + 2))
        index = end + 1
      } else {
        literal.append(bytes[index])
        index += 1
      }
    }
    flush()
    return parts
  }

  /// The `}` that closes an expression: not one of a map or message inside it, nor one in a string.
  private static func end(of start: Int, in bytes: [UInt8]) -> Int? {
    var open = 0
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "}"):
        if open == 0 { return index }
        open -= 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""): index = endOfString(index, in: bytes) - 1
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Just after a CEL string literal: one quote or three, raw or with escapes.
  private static func endOfString(_ start: Int, in bytes: [UInt8]) -> Int {
    let quote = bytes[start]
    let isTriple = start + 2 < bytes.count && bytes[start + 1] == quote && bytes[start + 2] == quote
    let isRaw = isRaw(start, in: bytes)
    let width = isTriple ? 3 : 1
    var index = start + width
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), !isRaw {
        index += 2
      } else if bytes[index..<min(index + width, bytes.count)].elementsEqual(repeatElement(quote, count: width)) {
        return index + width
      } else {
        index += 1
      }
    }
    return bytes.count
  }

  /// Whether the prefix of a literal holds an `r`.
  private static func isRaw(_ start: Int, in bytes: [UInt8]) -> Bool {
    let letters = bytes[..<start].suffix(2).reversed().prefix { "rRbB".utf8.contains($0) }
    return letters.contains { $0 == UInt8(ascii: "r") || $0 == UInt8(ascii: "R") }
  }

  private static func has(_ text: String, at index: Int, in bytes: [UInt8]) -> Bool {
    bytes[index...].starts(with: text.utf8)
  }
}
