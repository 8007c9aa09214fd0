import GitStore

/// What proves a decision by commit without the repository it was made in: the commit, the trees on the way to the
/// file, and the file, each as git stores it, so that anybody can hash them again.
enum Evidence {
  /// Format: a first line, then per object `<kind> <id> <length>` and the bytes.
  static func of(_ commit: CommitInfo, path: String, in repository: Repository) throws -> [UInt8] {
    var bytes = Array("writ evidence 1 \(path)\n".utf8)
    let add = { (kind: String, id: ObjectID, content: [UInt8]) in
      bytes += Array("\(kind) \(id) \(content.count)\n".utf8) + content + [0x0A]
    }
    add("commit", commit.id, commit.raw)
    add("tree", commit.tree, try repository.tree(commit.tree))
    var prefix = ""
    for name in path.split(separator: "/") {
      prefix += prefix.isEmpty ? name : "/\(name)"
      guard let entry = try repository.entry(at: prefix, inCommit: commit.id) else { break }
      if entry.mode.isFolder {
        add("tree", entry.id, try repository.tree(entry.id))
      } else {
        add("blob", entry.id, try repository.blob(entry.id, limit: CommitTree.fileLimit))
      }
    }
    return bytes
  }
}
