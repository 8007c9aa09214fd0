import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles

/// Reads whole timelines from the record: parts first, then what stands in the head.
enum Timeline {
  /// - Returns: the state that the head caches, and every entry, oldest first.
  static func read(_ id: InstanceID, in past: Snapshot) throws -> (instance: Instance, entries: [Entry]) {
    for place in StateLayout.Place.allCases {
      guard let bytes = try past.read(StateLayout.head(id, in: place)) else { continue }
      let values = try storedValues(of: id, in: place, past)
      let resolve = { (digest: String) -> Value? in values[digest] }
      let head = try InstanceFile.readHead(bytes, resolve: resolve)
      var entries: [Entry] = []
      for part in 0..<head.before.parts {
        let path = StateLayout.file(.part(part + 1), of: id, in: place)
        guard let bytes = try past.read(path) else { throw RecordGap(path: path) }
        entries += try PartFile(bytes, resolve: resolve).entries
      }
      return (head.instance, entries + (try InstanceFile.readTimeline(bytes, resolve: resolve)))
    }
    throw RecordGap(path: StateLayout.head(id))
  }

  /// At the tip.
  static func read(_ id: InstanceID, in store: any RecordStore) throws -> (instance: Instance, entries: [Entry]) {
    guard let tip = store.tip else { throw RecordGap(path: StateLayout.head(id)) }
    return try read(id, in: try store.snapshot(tip))
  }

  /// The large values of an instance by their digests.
  static func storedValues(
    of id: InstanceID, in place: StateLayout.Place, _ past: Snapshot
  ) throws -> [String: Value] {
    let folder = StateLayout.folder(of: id.number, in: place)
    var values: [String: Value] = [:]
    for entry in try past.list(folder) {
      guard case (let owner, .value)? = InstanceFileKind.read(entry.name), owner == id,
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

  package var description: String { "the record has no file \(path)" }
}
