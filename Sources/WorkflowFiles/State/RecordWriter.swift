package import CEL

/// Appends one line of the record: JSON for events, or the same shape as YAML flow for heads, where keys and simple
/// words stand without quotes so that people read them as prose.
package struct RecordWriter {
  package enum Style: Sendable { case json, yaml }

  package var bytes: [UInt8] = []
  /// Values too large to stand inside; `nil` writes every value where it is.
  package var values: StoredValues?
  package var style: Style
  private var isFirst = true

  package init(_ style: Style, values: StoredValues? = nil) {
    self.style = style
    self.values = values
  }

  package mutating func map(_ body: (inout RecordWriter) -> Void) {
    enclosed("{", "}", body)
  }

  package mutating func list<Items: Sequence>(_ items: Items, _ body: (inout RecordWriter, Items.Element) -> Void) {
    enclosed("[", "]") { writer in
      for item in items {
        writer.separate()
        body(&writer, item)
      }
    }
  }

  private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout RecordWriter) -> Void)
  {
    bytes.append(UInt8(ascii: open))
    isFirst = true
    body(&self)
    isFirst = false
    bytes.append(UInt8(ascii: close))
  }

  private mutating func separate() {
    if !isFirst { word(", ") }
    isFirst = false
  }

  /// A key that the format itself names: always a simple word.
  package mutating func key(_ name: StaticString) {
    separate()
    if style == .json { bytes.append(UInt8(ascii: "\"")) }
    word(name)
    word(style == .json ? "\": " : ": ")
  }

  /// A reserved key, which is never a plain word.
  mutating func quotedKey(_ name: StaticString) {
    separate()
    word("\"")
    word(name)
    word("\": ")
  }

  /// A key that a person named.
  package mutating func key(named name: String) {
    separate()
    write(name)
    word(": ")
  }

  // MARK: Scalars

  package mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      if style == .yaml, PlainText.isPlain(utf8) {
        bytes.append(contentsOf: utf8)
      } else {
        QuotedText.append(utf8, to: &bytes)
      }
    }
  }

  package mutating func write(_ number: Int) {
    if 0...9 ~= number { bytes.append(UInt8(ascii: "0") + UInt8(number)) } else { raw(String(number)) }
  }

  /// An instant; in a head without quotes, as people write one.
  package mutating func write(_ instant: Timestamp) {
    if style == .json { bytes.append(UInt8(ascii: "\"")) }
    instant.append(to: &bytes)
    if style == .json { bytes.append(UInt8(ascii: "\"")) }
  }

  package mutating func raw(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// What the format itself says.
  mutating func word(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}

// MARK: Fields: what is absent, empty or the default is left out

extension RecordWriter {
  package mutating func field(_ name: StaticString, _ text: String) {
    key(name)
    write(text)
  }

  package mutating func field(_ name: StaticString, ifPresent text: String?) {
    if let text { field(name, text) }
  }

  package mutating func field(_ name: StaticString, _ number: Int) {
    key(name)
    write(number)
  }

  package mutating func field(_ name: StaticString, _ instant: Timestamp) {
    key(name)
    write(instant)
  }

  package mutating func field(_ name: StaticString, ifPresent instant: Timestamp?) {
    if let instant { field(name, instant) }
  }

  package mutating func field(_ name: StaticString, unlessEmpty texts: [String]) {
    if !texts.isEmpty { field(name, texts) }
  }

  package mutating func field(_ name: StaticString, _ texts: [String]) {
    key(name)
    list(texts) { $0.write($1) }
  }

  package mutating func field<Item>(
    _ name: StaticString, unlessEmpty items: [Item], _ body: (inout RecordWriter, Item) -> Void
  ) {
    guard !items.isEmpty else { return }
    key(name)
    list(items, body)
  }
}
