/// The files of one commit, readable from any thread at any time.
package struct Snapshot: Sendable {
  /// The commit.
  package let commit: ObjectID
  package let tree: ObjectID
  let source: any ObjectSource

  init(_ commit: ObjectID, source: any ObjectSource) throws(StoreError) {
    self.commit = commit
    self.source = source
    tree = try CommitInfo(reading: commit, from: source).tree
  }

  /// The content of the file at `path`, or nil when there is no file.
  package func read(_ path: String) throws(StoreError) -> [UInt8]? {
    guard let entry = try entry(at: path), entry.mode.isFile else { return nil }
    return try source.require(entry.id, .blob)
  }

  /// The content of a blob that an entry of this snapshot names.
  package func blob(_ id: ObjectID) throws(StoreError) -> [UInt8] { try source.require(id, .blob) }

  /// What is at `path`, or nil.
  package func entry(at path: String) throws(StoreError) -> TreeEntry? {
    let path = try StorePath(path)
    var folder = tree
    for (depth, range) in path.names.enumerated() {
      let bytes = try source.require(folder, .tree)
      guard let entry = try TreeEntry.find(path.bytes[range], in: bytes) else { return nil }
      if depth == path.names.count - 1 { return entry }
      guard entry.mode.isFolder else { return nil }
      folder = entry.id
    }
    return nil
  }

  /// What is in the folder, in git's order; empty when there is no such folder. `""` is the root.
  package func list(_ folder: String) throws(StoreError) -> [TreeEntry] {
    guard let tree = try folderID(folder) else { return [] }
    return try TreeEntry.all(in: try source.require(tree, .tree))
  }

  /// Visits every file below the folder, `""` being the root, in git's order. Links and submodules are visited too.
  ///
  /// - Parameter limit: how many entries, folders included, may be seen before the walk is refused.
  package func walk(
    under folder: String, limit: Int = .max,
    _ visit: (_ path: String, _ file: TreeEntry) throws(StoreError) -> Void
  ) throws(StoreError) {
    guard let tree = try folderID(folder) else { return }
    var left = limit
    try walk(tree, folder.isEmpty ? "" : folder + "/", depth: 0, &left, visit)
  }

  /// Visits every file below the folder that an entry of this snapshot names, and that lies at `path`.
  package func walk(
    tree: ObjectID, at path: String, _ visit: (_ path: String, _ file: TreeEntry) throws(StoreError) -> Void
  ) throws(StoreError) {
    var left = Int.max
    try walk(tree, path + "/", depth: 0, &left, visit)
  }

  /// What is in the folder that an entry of this snapshot names, in git's order.
  package func entries(of tree: ObjectID) throws(StoreError) -> [TreeEntry] {
    try TreeEntry.all(in: try source.require(tree, .tree))
  }

  private func walk(
    _ tree: ObjectID, _ prefix: String, depth: Int, _ left: inout Int,
    _ visit: (_ path: String, _ file: TreeEntry) throws(StoreError) -> Void
  ) throws(StoreError) {
    guard depth < StorePath.deepest else { throw .damaged("'\(prefix)' is too deep") }
    for entry in try TreeEntry.all(in: try source.require(tree, .tree)) {
      guard left > 0 else { throw .refused("there are too many files; the walk ended at '\(prefix)'") }
      left -= 1
      if entry.mode.isFolder {
        try walk(entry.id, prefix + entry.name + "/", depth: depth + 1, &left, visit)
      } else {
        try visit(prefix + entry.name, entry)
      }
    }
  }

  private func folderID(_ folder: String) throws(StoreError) -> ObjectID? {
    if folder.isEmpty { return tree }
    guard let entry = try entry(at: folder), entry.mode.isFolder else { return nil }
    return entry.id
  }
}
