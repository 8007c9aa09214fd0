import CEL
import WorkflowEngine

/// YAML that people read as a page: nested blocks, a thought a line. Nothing reads it back.
struct ProseWriter {
  private(set) var text = ""
  private var depth = 0

  mutating func line(_ line: String) {
    for _ in 0..<depth { text += "  " }
    text += line
    text += "\n"
  }

  /// A comment, broken where a line becomes long; `mark` stands before its first line.
  mutating func paragraph(_ mark: String, _ sentence: String) {
    var current = "# " + mark
    let margin = "# " + String(repeating: " ", count: mark.count)
    var isEmpty = true
    for word in sentence.replacingLineBreaks.split(separator: " ") {
      if !isEmpty, current.count + word.count > 98 {
        line(current)
        current = margin
        isEmpty = true
      }
      current += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    line(current)
  }

  mutating func field(_ name: String, _ value: String) { line("\(Self.scalar(name)): \(Self.scalar(value))") }

  mutating func field(_ name: String, ifPresent value: String?) {
    if let value { field(name, value) }
  }

  /// An instant without quotes, as people write one.
  mutating func field(_ name: String, _ instant: Timestamp) {
    line("\(Self.scalar(name)): \(instant.rfc3339Milliseconds)")
  }

  mutating func field(_ name: String, ifPresent instant: Timestamp?) {
    if let instant { field(name, instant) }
  }

  mutating func field(_ name: String, _ value: Value) {
    line("\(Self.scalar(name)): \(Self.flow(value.hidingSealed))")
  }

  mutating func block(_ name: String, _ body: (inout ProseWriter) -> Void) {
    line("\(Self.scalar(name)):")
    depth += 1
    body(&self)
    depth -= 1
  }

  /// Sentences, one an item; left out where there are none.
  mutating func list(_ name: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    block(name) { writer in
      for item in items { writer.line("- \(Self.scalar(item))") }
    }
  }

  /// Without quotes where that is safe in a block, which is in more places than inside brackets.
  static func scalar(_ text: String) -> String {
    let harmless = text.utf8.map { ",;()'".utf8.contains($0) ? UInt8(ascii: "_") : $0 }
    if harmless.withUnsafeBufferPointer({ PlainText.isPlain($0) }) { return text }
    var writer = RecordWriter(.yaml)
    writer.write(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A value in one line; a large one by its digest, as in the record.
  static func flow(_ value: Value) -> String {
    var writer = RecordWriter(.yaml, values: StoredValues())
    writer.member(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension String {
  /// One line, whatever it held: a comment must not end early.
  var replacingLineBreaks: String {
    String(String.UnicodeScalarView(unicodeScalars.map { Self.breaks.contains($0) ? " " : $0 }))
  }

  private static let breaks: Set<Unicode.Scalar> = Set(
    (0..<0x20).compactMap(Unicode.Scalar.init) + (0x7F..<0xA0).compactMap { Unicode.Scalar($0 as UInt32) }
      + ["\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}"])
}
