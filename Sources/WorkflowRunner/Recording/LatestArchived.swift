import GitStore
import WorkflowEngine
import WorkflowFiles

extension Snapshot {
  /// Archived instances below a number, latest first.
  func latestArchived(before number: Int, limit: Int) throws -> [Instance] {
    var search = LatestArchived(self, before: number, limit: limit)
    return try search.find().compactMap { try StoredInstance($0, in: .archive, of: self)?.instance() }
  }
}

/// Finds the archived instances with the highest numbers below one: goes through the folders' digits from the highest
/// down, and only where there are folders.
private struct LatestArchived {
  let snapshot: Snapshot
  let limit: Int
  /// Numbers are below this.
  let before: Int
  private var found: [InstanceID] = []

  init(_ snapshot: Snapshot, before: Int, limit: Int) {
    self.snapshot = snapshot
    self.before = before
    self.limit = limit
  }

  /// Latest first.
  mutating func find() throws -> [InstanceID] {
    let root = StateLayout.Place.archive.rawValue
    guard before > 1, let entry = try snapshot.entry(at: root), entry.mode.isFolder else { return [] }
    let digits = String((before - 1) / 10).count
    for depth in (1...digits).reversed() where found.count < limit { try look(into: entry.id, tens: 0, depth: depth) }
    return Array(found.prefix(limit))
  }

  /// - Parameters:
  ///   - tens: what the digits above say.
  ///   - depth: digits still to come.
  private mutating func look(into tree: ObjectID, tens: Int, depth: Int) throws {
    let folders = Dictionary(try snapshot.entries(of: tree).map { ($0.name, $0.id) }) { first, _ in first }
    let span = (1..<depth).reduce(1) { span, _ in span * 10 }
    for digit in (0...9).reversed() where found.count < limit {
      let tens = tens * 10 + digit
      guard tens * span <= (before - 1) / 10, let folder = folders[depth == 1 ? "\(digit)x" : "\(digit)"] else {
        continue
      }
      if depth > 1 { try look(into: folder, tens: tens, depth: depth - 1) } else { try take(folder) }
    }
  }

  private mutating func take(_ leaf: ObjectID) throws {
    found += try snapshot.entries(of: leaf).compactMap { entry -> InstanceID? in
      guard case (let id, .head)? = InstanceFileKind.read(entry.name), id.number < before else { return nil }
      return id
    }.sorted(by: >)
  }
}
