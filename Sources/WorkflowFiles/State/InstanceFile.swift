package import CEL
package import WorkflowEngine

/// The main file of an instance: its head, and the events since the last part of its timeline was closed.
///
///     format: 1
///     instance: expense-approval-42
///     ...
///     before: {events: 32, parts: 1, digest: "9f86d081..."}
///     timeline:
///       - {"n": 33, "at": "2026-11-22T10:00:00.123Z", "event": "entered", "step": "pay", "visit": 1, "token": 1}
package enum InstanceFile {
  /// Events, and bytes of their lines, that one part of a timeline holds; the next event begins a new one.
  package static let eventsPerPart = 32
  package static let bytesPerPart = 8192

  /// What the timeline in a file follows: the parts that were closed before.
  package struct Before: Sendable, Hashable {
    package var events = 0
    package var parts = 0
    /// SHA-256 in hex of the last part's bytes; each part names the one before it.
    package var digest: String?

    package init() {}
  }

  /// A main file as read without its timeline.
  package struct Head: Sendable {
    package var instance: Instance
    package var values: StoredValues
    package var before: Before
  }

  /// Reads everything above the timeline.
  ///
  /// - Parameter resolve: gives the value of a file by its SHA-256 in hex, as ``StoredValues/value(of:)`` reads it.
  package static func readHead(
    _ bytes: [UInt8], resolve: @escaping (String) -> Value? = { _ in nil }
  ) throws(RecordError) -> Head {
    var file = try FileReader(bytes, resolve: resolve)
    let instance = try Instance(from: &file)
    let (values, before) = try readFoot(&file)
    return Head(instance: instance, values: values, before: before)
  }

  /// Reads the events in the file alone, oldest first.
  package static func readTimeline(
    _ bytes: [UInt8], resolve: @escaping (String) -> Value? = { _ in nil }
  ) throws(RecordError) -> [Entry] {
    var file = try foot(of: bytes, resolve: resolve)
    _ = try readFoot(&file)
    let entries = try file.items("timeline", style: .json) { reader throws(RecordError) in try Entry(from: &reader) }
    try file.expectEnd()
    return entries
  }

  /// Reads only which values lie in files of their own, which ``readHead(_:resolve:)`` will ask `resolve` for, and how much of
  /// the timeline does.
  package static func readFoot(_ bytes: [UInt8]) throws(RecordError) -> (values: StoredValues, before: Before) {
    var file = try foot(of: bytes)
    return try readFoot(&file)
  }

  static func readFoot(_ file: inout FileReader) throws(RecordError) -> (StoredValues, Before) {
    let files = try file.items("values") { reader throws(RecordError) in try StoredValues.File(from: &reader) }
    let before = try file.field("before") { reader throws(RecordError) in try Before(from: &reader) }
    guard file.has("timeline") else { throw RecordError(.expected("the line 'timeline:'"), line: file.line) }
    return (StoredValues(files: files), before)
  }

  /// A reader that stands behind the head, at `values:` or `before:`, without having read the head's lines.
  static func foot(
    of bytes: [UInt8], resolve: @escaping (String) -> Value? = { _ in nil }
  ) throws(RecordError) -> FileReader {
    var file = try FileReader(bytes, resolve: resolve)
    while !file.isAtEnd, !file.has("values"), !file.has("before") { try file.skipLine() }
    return file
  }
}

extension InstanceFile.Before {
  func write(to file: inout FileWriter) {
    file.field("before") { writer in
      writer.map { writer in
        writer.field("events", events)
        if parts != 0 { writer.field("parts", parts) }
        writer.key("digest")
        if let digest { QuotedText.append(digest, to: &writer.bytes) } else { writer.raw("null") }
      }
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      var before = InstanceFile.Before()
      before.events = try reader.int("events")
      before.parts = try reader.int("parts", default: 0)
      try reader.key("digest")
      before.digest = reader.skip("null") ? nil : try reader.quoted()
      return before
    }
  }
}

extension StoredValues.File {
  func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.field("event", event)
      if index != 1 { writer.field("index", index) }
      writer.field("digest", StoredValues.prefix + digest)
      writer.field("bytes", size)
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let event = try reader.int("event")
      let index = try reader.int("index", default: 1)
      let digest = String(try reader.text("digest").dropFirst(StoredValues.prefix.count))
      let size = try reader.int("bytes")
      guard (0...StoredValues.limit).contains(size) else { throw reader.error(.expected("a size")) }
      return StoredValues.File(event: event, index: index, digest: digest, size: size)
    }
  }
}
