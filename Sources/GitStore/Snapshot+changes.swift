/// A path that two snapshots do not have alike.
package struct PathChange: Hashable, Sendable {
  package let path: String
  /// What was there, if anything; never a folder.
  package let old: TreeEntry?
  /// What is there now, if anything; never a folder.
  package let new: TreeEntry?
}

extension Snapshot {
  /// The files, links and submodules that differ from `old` (nil: nothing was there), sorted by path within each folder.
  /// Only folders that differ are read.
  package func changes(since old: Snapshot?) throws(StoreError) -> [PathChange] {
    var changes: [PathChange] = []
    try compare(old?.tree, tree, prefix: "", depth: 0, &changes)
    return changes
  }

  private func compare(
    _ old: ObjectID?, _ new: ObjectID?, prefix: String, depth: Int, _ changes: inout [PathChange]
  ) throws(StoreError) {
    guard old != new else { return }
    guard depth < StorePath.deepest else { throw .damaged("'\(prefix)' is too deep") }
    let before = try entries(of: old)
    let after = try entries(of: new)
    for key in Set(before.keys).union(after.keys).sorted() {
      let (a, b) = (before[key], after[key])
      guard a != b, let name = (a ?? b)?.name else { continue }
      try compare(
        a.flatMap(\.folderID), b.flatMap(\.folderID), prefix: "\(prefix)\(name)/", depth: depth + 1, &changes)
      let (oldFile, newFile) = (a.flatMap(\.ifNoFolder), b.flatMap(\.ifNoFolder))
      guard oldFile != newFile else { continue }
      changes.append(PathChange(path: prefix + name, old: oldFile, new: newFile))
    }
  }

  private func entries(of tree: ObjectID?) throws(StoreError) -> [String: TreeEntry] {
    guard let tree else { return [:] }
    let entries = try TreeEntry.all(in: try source.require(tree, .tree))
    return Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
  }
}

extension TreeEntry {
  /// The name; for an entry that has none, what no name can be.
  fileprivate var key: String { mode == .unnamed ? "\(name)/\(id)" : name }
  fileprivate var folderID: ObjectID? { mode.isFolder ? id : nil }
  fileprivate var ifNoFolder: TreeEntry? { mode.isFolder ? nil : self }
}
