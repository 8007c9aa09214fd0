package import CEL

/// The values of an instance that are too large to stand in its timeline: each is written once, to a file of its own,
/// and referenced by its SHA-256 from then on: `{"$value": "sha256-..."}`.
///
/// What is measured and moved out is a value as people know it: a field of the input, a variable, a field of a result.
package struct StoredValues: Sendable, Hashable {
  /// Bytes of a value, as one line of JSON, that may stand inside.
  package static let inlineLimit = 4096
  /// Bytes of all values in files of one instance; more are refused.
  package static let limit = 1 << 20
  static let prefix = "sha256-"

  package struct File: Sendable, Hashable {
    /// The event that brought the value.
    package var event: Int
    /// 1, or counted on where the event brought several.
    package var index: Int
    package var digest: String
    package var size: Int

    package init(event: Int, index: Int, digest: String, size: Int) {
      self.event = event
      self.index = index
      self.digest = digest
      self.size = size
    }

    package var kind: InstanceFileKind { .value(event: event, index: index) }
  }

  /// In the order in which they came.
  package private(set) var files: [File]
  /// Files that are new since this was made, with their bytes.
  package private(set) var added: [(file: File, bytes: [UInt8])] = []
  /// The event that is being written.
  package var event = 0

  package init(files: [File] = []) {
    self.files = files
  }

  package var size: Int { files.reduce(0) { $0 + $1.size } }

  /// The content of a value's file: one line of JSON.
  package static func content(of value: Value) -> [UInt8] {
    var writer = RecordWriter(.json)
    writer.write(value)
    return writer.bytes + [0x0A]
  }

  /// Reads a value's file.
  package static func value(of content: [UInt8]) throws(RecordError) -> Value {
    guard content.last == 0x0A else { throw RecordError(.expected("one line")) }
    var reader = RecordReader(content, in: 0..<content.count - 1, style: .json)
    let value = try reader.value()
    try reader.expectEnd()
    return value
  }

  /// The digest under which the value is kept; `nil` if it is small enough to stand inside.
  mutating func digest(keeping value: Value) -> String? {
    let content = Self.content(of: value)
    guard content.count > Self.inlineLimit else { return nil }
    let digest = Hex.sha256(content)
    if !files.contains(where: { $0.digest == digest }) {
      let index = files.count { $0.event == event } + 1
      let file = File(event: event, index: index, digest: digest, size: content.count)
      files.append(file)
      added.append((file, content))
    }
    return digest
  }

  package static func == (left: StoredValues, right: StoredValues) -> Bool { left.files == right.files }
  package func hash(into hasher: inout Hasher) { hasher.combine(files) }
}

extension RecordWriter {
  /// Bytes as YAML above which the same value may be too large as JSON: quotes add less than as much again.
  private static let worthMeasuring = StoredValues.inlineLimit / 2

  /// A value that stands inside if it is small, and is referenced otherwise.
  mutating func member(_ value: Value) {
    let start = bytes.count
    write(value)
    guard bytes.count - start > Self.worthMeasuring, let digest = values?.digest(keeping: value) else { return }
    bytes.removeSubrange(start...)
    map { writer in
      writer.quotedKey("$value")
      QuotedText.append(StoredValues.prefix + digest, to: &writer.bytes)
    }
  }

  mutating func members(_ map: ValueMap) {
    guard map.readsAsItself else { return write(map) }
    self.map { writer in
      for entry in map.entries {
        writer.key(named: entry.key.string ?? "")
        writer.member(entry.value)
      }
    }
  }

  package mutating func field(_ name: StaticString, _ map: ValueMap) {
    key(name)
    members(map)
  }

  package mutating func field(_ name: StaticString, unlessEmpty map: ValueMap) {
    if !map.isEmpty { field(name, map) }
  }

  package mutating func field(_ name: StaticString, unlessNull value: Value) {
    if !value.isNull { field(name, ifPresent: value) }
  }

  /// Present even if it is null.
  package mutating func field(_ name: StaticString, ifPresent value: Value?) {
    guard let value else { return }
    key(name)
    if case .map(let map) = value { members(map) } else { member(value) }
  }

  package mutating func field(_ name: StaticString, _ duration: Duration) {
    field(name, duration.celText)
  }
}

extension RecordReader {
  package mutating func valueMap(_ name: StaticString) throws(RecordError) -> ValueMap {
    try key(name)
    return try valueMap()
  }

  package mutating func valueMap(ifPresent name: StaticString) throws(RecordError) -> ValueMap {
    has(name) ? try valueMap() : [:]
  }

  package mutating func valueMap() throws(RecordError) -> ValueMap {
    let place = position
    guard case .map(let map) = try value() else { throw error(.expected("a map"), at: place) }
    return map
  }

  package mutating func value(ifPresent name: StaticString) throws(RecordError) -> Value? {
    has(name) ? try value() : nil
  }
}
