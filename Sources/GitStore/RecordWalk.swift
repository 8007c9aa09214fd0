/// Reads what commits added to a record, to see that it is all there.
struct RecordWalk<Source: ObjectSource> {
  let source: Source

  /// Reads the commit and its root tree.
  func checkRoot(of commit: ObjectID) throws(StoreError) {
    _ = try source.require(try CommitInfo(reading: commit, from: source).tree, .tree)
  }

  /// Reads every commit from `tip` back to `known`, which is not read, and every tree and file that they added.
  func check(_ tip: ObjectID, downTo known: ObjectID?) throws(StoreError) {
    var seen: Set<ObjectID> = []
    var next: ObjectID? = tip
    while let id = next, id != known {
      let commit = try CommitInfo(reading: id, from: source)
      var before: ObjectID?
      if let parent = commit.parents.first { before = try CommitInfo(reading: parent, from: source).tree }
      try check(commit.tree, before: before, &seen)
      next = commit.parents.first
    }
  }

  private func check(_ tree: ObjectID, before: ObjectID?, _ seen: inout Set<ObjectID>) throws(StoreError) {
    guard tree != before, seen.insert(tree).inserted else { return }
    var old: [String: TreeEntry] = [:]
    if let before, let content = try source.content(of: before, .tree) {
      for entry in try TreeEntry.all(in: content) { old[entry.name] = entry }
    }
    for entry in try TreeEntry.all(in: try source.require(tree, .tree)) where entry.id != old[entry.name]?.id {
      if entry.mode.isFolder {
        try check(entry.id, before: old[entry.name]?.id, &seen)
      } else if entry.mode.isFile, seen.insert(entry.id).inserted {
        _ = try source.require(entry.id, .blob)
      }
    }
  }
}
