/// A folder kept between commits as git's own bytes for it, patched in place.
///
/// Leaves of the record are narrow, so a scan over the bytes beats any index, and what is hashed and written is there
/// already. Belongs to one ``WorkingTree``.
final class TreeNode {
  typealias Name = ArraySlice<UInt8>

  private(set) var bytes: [UInt8]
  /// The folders below that were loaded.
  var children: [Name: TreeNode] = [:]
  /// Names of the children that changed since the node was last sealed.
  var touched: [Name] = []
  var isChanged = false
  /// The last batch that went through this node.
  var lastUsed = 0

  init(bytes: [UInt8] = []) { self.bytes = bytes }

  struct Place {
    let mode: FileMode
    let id: ObjectID
    let range: Range<Int>
  }

  /// The entry called `name`, or where it would go as a file or as a folder.
  func find(_ name: Name, isFolder: Bool) throws(StoreError) -> (entry: Place?, insertAt: Int) {
    let (entry, insertAt, isIntact) = bytes.withUnsafeBytes { bytes in
      name.withUnsafeBytes { Self.find($0, isFolder: isFolder, in: bytes) }
    }
    guard isIntact else { throw .damaged("a tree cannot be read") }
    return (entry, insertAt)
  }

  private static func find(
    _ name: UnsafeRawBufferPointer, isFolder: Bool, in bytes: UnsafeRawBufferPointer
  ) -> (Place?, Int, isIntact: Bool) {
    var entries = TreeEntries(bytes)
    var insertAt: Int?
    while let entry = entries.next() {
      if sameMemory(entry.name, name) {
        return (Place(mode: entry.mode, id: entry.id, range: entry.range), entry.range.lowerBound, true)
      }
      let isAfter = treeOrder(entry.name, isFolder: entry.mode.isFolder, name, isFolder: isFolder) > 0
      if isAfter, insertAt == nil { insertAt = entry.range.lowerBound }
      if isAfter, treeOrder(entry.name, isFolder: entry.mode.isFolder, name, isFolder: true) > 0 {
        return (nil, insertAt ?? entry.range.lowerBound, true)
      }
    }
    return (nil, insertAt ?? bytes.count, entries.isIntact)
  }

  /// The files whose names begin so, in order.
  func files(beginning: Name) -> [(name: Name, place: Place)] {
    bytes.withUnsafeBytes { bytes in
      var files: [(Name, Place)] = []
      var entries = TreeEntries(bytes)
      while let entry = entries.next() {
        guard !entry.mode.isFolder, entry.name.starts(with: beginning) else { continue }
        files.append((Name(entry.name), Place(mode: entry.mode, id: entry.id, range: entry.range)))
      }
      return files
    }
  }

  func insert(_ name: Name, _ mode: FileMode, _ id: ObjectID, at place: Int) {
    var entry = Array(mode.description.utf8)
    entry.reserveCapacity(entry.count + name.count + 2 + ObjectID.length)
    entry.append(UInt8(ascii: " "))
    entry.append(contentsOf: name)
    entry.append(0)
    id.append(to: &entry)
    bytes.insert(contentsOf: entry, at: place)
  }

  func remove(_ place: Place) { bytes.removeSubrange(place.range) }

  /// Gives the entry at `place` another id.
  func set(_ id: ObjectID, at place: Place) {
    bytes.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      id.store(at: start + place.range.upperBound - ObjectID.length)
    }
  }
}

extension ObjectID {
  func append(to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(byteCount: Self.length, alignment: 8) { buffer in
      guard let start = buffer.baseAddress else { return }
      store(at: start)
      bytes.append(contentsOf: buffer)
    }
  }
}
