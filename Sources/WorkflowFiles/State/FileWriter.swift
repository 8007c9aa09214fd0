package import CEL

/// Writes a file of the record: block keys at the top, a flow value on one line each, lists with an item a line.
package struct FileWriter {
  package private(set) var bytes: [UInt8]
  private var record: RecordWriter

  /// Every file begins with its format.
  package init(values: StoredValues? = nil) {
    bytes = Array("format: \(RecordFormat.newest)\n".utf8)
    record = RecordWriter(.yaml, values: values)
  }

  package var values: StoredValues? { record.values }

  package mutating func field(_ name: StaticString, _ body: (inout RecordWriter) -> Void) {
    append("\(name): ")
    line(body)
  }

  /// Left out where there are none.
  package mutating func items<Item>(
    _ name: StaticString, _ items: [Item], _ body: (inout RecordWriter, Item) -> Void
  ) {
    guard !items.isEmpty else { return }
    append("\(name):\n")
    for item in items {
      append("  - ")
      line { body(&$0, item) }
    }
  }

  package mutating func field(_ name: StaticString, _ text: String) { field(name) { $0.write(text) } }
  package mutating func field(_ name: StaticString, _ number: Int) { field(name) { $0.write(number) } }
  package mutating func field(_ name: StaticString, _ instant: Timestamp) { field(name) { $0.write(instant) } }

  package mutating func field(_ name: StaticString, ifPresent text: String?) {
    if let text { field(name, text) }
  }

  package mutating func field(_ name: StaticString, ifPresent instant: Timestamp?) {
    if let instant { field(name, instant) }
  }

  package mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
  package mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  private mutating func line(_ body: (inout RecordWriter) -> Void) {
    record.startLine()
    body(&record)
    bytes.append(contentsOf: record.bytes)
    bytes.append(0x0A)
  }
}
