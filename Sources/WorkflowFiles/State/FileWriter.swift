package import CEL

/// Writes a file of the record: block keys at the top, a flow value on one line each, lists with an item a line.
package struct FileWriter {
  private var record: RecordWriter

  /// Every file begins with its format.
  package init(values: StoredValues? = nil) {
    record = RecordWriter(.yaml, values: values)
    record.bytes.reserveCapacity(2_048)
    field("format", RecordFormat.newest)
  }

  package var bytes: [UInt8] { record.bytes }
  package var values: StoredValues? { record.values }

  package mutating func field(_ name: StaticString, _ body: (inout RecordWriter) -> Void) {
    record.word(name)
    record.word(": ")
    body(&record)
    record.bytes.append(UInt8(ascii: "\n"))
  }

  /// Left out where there are none.
  package mutating func items<Item>(
    _ name: StaticString, _ items: [Item], _ body: (inout RecordWriter, Item) -> Void
  ) {
    guard !items.isEmpty else { return }
    record.word(name)
    record.word(":\n")
    for item in items {
      record.word("  - ")
      body(&record, item)
      record.bytes.append(UInt8(ascii: "\n"))
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

  package mutating func append(_ text: String) { record.raw(text) }
  package mutating func append(_ more: [UInt8]) { record.bytes.append(contentsOf: more) }
}
