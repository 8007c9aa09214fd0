package import WorkflowEngine

/// A file of the record with its new content.
package struct FileChange: Sendable, Hashable {
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

extension InstanceFile {
  /// The files that a batch changes for one instance.
  ///
  /// Parts are closed one event at a time, so the same events give the same files however they were batched.
  ///
  /// - Parameters:
  ///   - old: the main file before the batch; `nil` for an instance that starts in it.
  ///   - entries: its events of this batch, in order, following on the file's.
  ///   - instance: the state after them.
  ///   - place: where the files go. Moving the earlier ones to the archive is the caller's.
  /// - Returns: values and parts that are new, and last the main file.
  package static func update(
    _ old: [UInt8]?, adding entries: [Entry], giving instance: Instance, in place: StateLayout.Place = .live
  ) throws(RecordError) -> [FileChange] {
    var tail = try old.map { bytes throws(RecordError) in try Tail(of: bytes) } ?? Tail()
    var changes: [FileChange] = []
    for entry in entries {
      if let part = tail.append(entry, of: instance.id) {
        changes.append(FileChange(path: StateLayout.file(part.kind, of: instance.id, in: place), bytes: part.bytes))
      }
    }
    let main = tail.write(instance)
    guard tail.values.size <= StoredValues.limit else {
      throw RecordError(.tooManyValues(bytes: tail.values.size), file: StateLayout.head(instance.id, in: place))
    }
    for (file, bytes) in tail.values.added {
      changes.append(FileChange(path: StateLayout.file(file.kind, of: instance.id, in: place), bytes: bytes))
    }
    changes.append(FileChange(path: StateLayout.head(instance.id, in: place), bytes: main))
    return changes
  }
}

/// The open end of a timeline: the lines that are not yet in a closed part.
struct Tail {
  var before = InstanceFile.Before()
  var values = StoredValues()
  /// Lines as they stand in the file, each with its indentation and line feed.
  private var lines: [UInt8] = []
  private var count = 0

  init() {}

  /// Takes the lines from a file as they are, without reading them.
  init(of bytes: [UInt8]) throws(RecordError) {
    var file = try InstanceFile.foot(of: bytes)
    (values, before) = try InstanceFile.readFoot(&file)
    try file.skipLine()
    lines = Array(bytes[file.position...])
    count = lines.count { $0 == 0x0A }
  }

  /// Adds an event; gives the part that had to be closed to make room for it.
  mutating func append(_ entry: Entry, of id: InstanceID) -> (kind: InstanceFileKind, bytes: [UInt8])? {
    let end = lines.count
    write(entry)
    let isFull = count >= InstanceFile.eventsPerPart || lines.count > InstanceFile.bytesPerPart
    guard isFull, count > 0 else {
      count += 1
      return nil
    }
    let line = Array(lines[end...])
    lines.removeSubrange(end...)
    let part = close(id)
    lines = line
    count = 1
    return part
  }

  private mutating func write(_ entry: Entry) {
    values.event = entry.number
    var writer = RecordWriter(.json, values: values)
    swap(&writer.bytes, &lines)
    writer.word("  - ")
    entry.write(to: &writer)
    writer.word("\n")
    swap(&writer.bytes, &lines)
    values = writer.values ?? values
  }

  private mutating func close(_ id: InstanceID) -> (kind: InstanceFileKind, bytes: [UInt8]) {
    var file = FileWriter()
    file.field("instance", id.description)
    file.field("part", before.parts + 1)
    before.write(to: &file)
    file.append("timeline:\n")
    file.append(lines)
    before.parts += 1
    before.events += count
    before.digest = Hex.sha256(file.bytes)
    lines = []
    count = 0
    return (.part(before.parts), file.bytes)
  }

  /// The main file.
  mutating func write(_ instance: Instance) -> [UInt8] {
    values.event = instance.events
    var file = FileWriter(values: values)
    instance.write(to: &file)
    values = file.values ?? values
    file.items("values", values.files) { $1.write(to: &$0) }
    before.write(to: &file)
    file.append("timeline:\n")
    file.append(lines)
    return file.bytes
  }
}
