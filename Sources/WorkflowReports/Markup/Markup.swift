/// A piece of HTML or SVG that is well-formed and escaped by construction.
///
/// Text and attribute values are always escaped; names of elements and attributes, and raw markup, can only be literals of
/// this program (`StaticString`). There is no way to turn a value from outside into markup.
package struct Markup: Sendable, Equatable {
  package private(set) var bytes: [UInt8]

  /// No markup at all.
  package init() {
    bytes = []
  }

  /// Text, escaped.
  package init(_ text: some StringProtocol) {
    bytes = []
    append(text: text)
  }

  package var isEmpty: Bool { bytes.isEmpty }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func append(_ other: Markup) {
    bytes.append(contentsOf: other.bytes)
  }

  package mutating func append(text: some StringProtocol) {
    bytes.append(escaping: text)
  }

  /// Appends a literal of this program as it is.
  package mutating func append(raw literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// A literal of this program as it is: a document type, an icon.
  package static func raw(_ literal: StaticString) -> Markup {
    var markup = Markup()
    markup.append(raw: literal)
    return markup
  }

  /// One of the style sheets embedded in this program, as the content of `<style>`.
  static func embedded(_ stylesheet: Stylesheet) -> Markup {
    var markup = Markup()
    markup.bytes = stylesheet.bytes
    return markup
  }
}
