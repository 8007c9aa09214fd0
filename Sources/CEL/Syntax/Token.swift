/// A piece of source.
struct Token: Sendable {
  enum Kind: Sendable, Hashable {
    case identifier(String)
    /// A field name in backquotes.
    case quoted(String)
    /// Digits without their sign.
    case integer(UInt64)
    case unsigned(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case symbol(String)
    case end
  }

  let kind: Kind
  let range: Range<Int>

  /// The token as a sentence names it.
  var description: String {
    switch kind {
    case .identifier(let name): "'\(name)'"
    case .quoted(let name): "'`\(name)`'"
    case .symbol(let symbol): "'\(symbol)'"
    case .integer, .unsigned, .double: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .end: "the end"
    }
  }
}
