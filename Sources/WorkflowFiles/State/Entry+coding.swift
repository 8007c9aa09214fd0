package import CEL
package import WorkflowEngine

/// One line of a timeline: `{"n": 1, "at": "2026-11-22T10:00:00.123Z", "event": "started", "by": "alice", ...}`.
extension Entry {
  package func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.field("n", number)
      writer.field("at", at)
      writer.field("event", event.kind.rawValue)
      event.writeFields(to: &writer)
    }
  }

  package init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let number = try reader.int("n")
      let at = try reader.instant("at")
      try reader.key("event")
      let place = reader.position
      let name = try reader.text()
      guard let kind = EventKind(rawValue: name) else { throw reader.error(.unknownEvent(name), at: place) }
      return Entry(number: number, at: at, event: try Event(kind, from: &reader))
    }
  }

  /// The line without its line feed, with every value inside it.
  package var line: [UInt8] {
    var writer = RecordWriter(.json)
    write(to: &writer)
    return writer.bytes
  }

  /// Reads one line; values in files of their own come from `resolve`, by their SHA-256 in hex.
  package init(
    line: [UInt8], resolve: @escaping (String) -> Value? = { _ in nil }
  ) throws(RecordError) {
    var reader = RecordReader(line, in: 0..<line.count, style: .json, resolve: resolve)
    try self.init(from: &reader)
    try reader.expectEnd()
  }
}
