import CEL
package import GitStore
package import WorkflowEngine
package import WorkflowFiles

/// One instance as a snapshot of the record holds it: its main file, and what that file names.
package struct StoredInstance {
  private let id: InstanceID
  private let place: StateLayout.Place
  private let past: Snapshot
  /// The main file: head and latest events.
  private let main: [UInt8]
  private let before: InstanceFile.Before
  /// Large values by their digests; most instances have none.
  private let values: [String: Value]

  /// - Parameter main: the main file.
  init(_ id: InstanceID, in place: StateLayout.Place, of past: Snapshot, main: [UInt8]) throws {
    (self.id, self.place, self.past, self.main) = (id, place, past, main)
    let (stored, before) = try InstanceFile.readFoot(main)
    self.before = before
    values = stored.files.isEmpty ? [:] : try Self.values(of: id, in: place, past)
  }

  /// - Returns: `nil` where the place holds no such instance.
  package init?(_ id: InstanceID, in place: StateLayout.Place, of past: Snapshot) throws {
    guard let main = try past.read(StateLayout.head(id, in: place)) else { return nil }
    try self.init(id, in: place, of: past, main: main)
  }

  /// The instance with a number, wherever it lies; `nil` where there is none.
  package static func id(of number: Int, in past: Snapshot) throws -> InstanceID? {
    for place in StateLayout.Place.allCases {
      for entry in try past.list(StateLayout.folder(of: number, in: place)) {
        if case (let id, .head)? = InstanceFileKind.read(entry.name), id.number == number { return id }
      }
    }
    return nil
  }

  /// Wherever it lies.
  package init(_ id: InstanceID, of past: Snapshot) throws {
    for place in StateLayout.Place.allCases {
      guard let found = try Self(id, in: place, of: past) else { continue }
      self = found
      return
    }
    throw RecordGap(path: StateLayout.head(id))
  }

  /// The state that the head caches.
  package func instance() throws -> Instance {
    try InstanceFile.readHead(main) { [values] in values[$0] }.instance
  }

  /// Every event, oldest first.
  package func entries() throws -> [Entry] {
    let resolve = { [values] (digest: String) -> Value? in values[digest] }
    let parts = try (0..<before.parts).flatMap { part in
      let path = StateLayout.file(.part(part + 1), of: id, in: place)
      guard let bytes = try past.read(path) else { throw RecordGap(path: path) }
      return try PartFile(bytes, resolve: resolve).entries
    }
    return parts + (try InstanceFile.readTimeline(main, resolve: resolve))
  }

  private static func values(
    of id: InstanceID, in place: StateLayout.Place, _ past: Snapshot
  ) throws -> [String: Value] {
    let folder = StateLayout.folder(of: id.number, in: place)
    var values: [String: Value] = [:]
    for entry in try past.list(folder) {
      guard case (id, .value)? = InstanceFileKind.read(entry.name),
        let bytes = try past.read("\(folder)/\(entry.name)")
      else { continue }
      values[Hex.sha256(bytes)] = try StoredValues.value(of: bytes)
    }
    return values
  }
}

/// A file that the record should have.
package struct RecordGap: Error, CustomStringConvertible {
  package var path: String

  package init(path: String) { self.path = path }

  package var description: String { "the record has no file \(path)" }
}
