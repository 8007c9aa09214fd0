internal import CLibGit2

extension Repository {
  /// The commit that `rev` names: a branch, a tag, an id or its beginning, `HEAD~2` and the like; nil when there is none.
  ///
  /// Forms that search messages or read the index are not taken: what a pattern costs is for its author to choose.
  package func resolve(_ rev: String) -> ObjectID? {
    guard !rev.isEmpty, !rev.contains(":"), !rev.contains("{"), !rev.utf8.contains(0) else { return nil }
    return withHandle { handle in
      var object: OpaquePointer?
      guard git_revparse_single(&object, handle, rev) == 0 else { return nil }
      defer { git_object_free(object) }
      var commit: OpaquePointer?
      guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0, let commit else { return nil }
      defer { git_object_free(commit) }
      return ObjectID(git_object_id(commit).pointee)
    }
  }

  /// The commit, taken apart, with its raw bytes.
  package func commit(_ id: ObjectID) throws(RepositoryError) -> CommitInfo {
    let raw = try RepositoryError.translating { () throws(StoreError) in try objects.content(of: id, .commit) }
    guard let raw else { throw .notFound("commit \(id)") }
    guard let info = CommitInfo(id: id, raw: raw) else { throw .broken("commit \(id) cannot be read") }
    return info
  }

  /// The raw bytes of a tree, for evidence.
  package func tree(_ id: ObjectID) throws(RepositoryError) -> [UInt8] {
    let content = try RepositoryError.translating { () throws(StoreError) in try objects.content(of: id, .tree) }
    guard let content else { throw .notFound("tree \(id)") }
    return content
  }

  /// The content of a file of at most `limit` bytes. Its size is looked at first.
  package func blob(_ id: ObjectID, limit: Int) throws(RepositoryError) -> [UInt8] {
    let content: [UInt8]? = try RepositoryError.translating { () throws(StoreError) in
      guard let size = try objects.size(of: id, .blob), size <= limit else { return nil }
      return try objects.content(of: id, .blob)
    }
    if let content { return content }
    let isThere = try RepositoryError.translating { () throws(StoreError) in try objects.size(of: id, .blob) != nil }
    throw isThere ? .tooLarge("blob \(id) has more than \(limit) bytes") : .notFound("blob \(id)")
  }

  /// The files of a commit.
  package func snapshot(_ commit: ObjectID) throws(RepositoryError) -> Snapshot {
    _ = try self.commit(commit)
    return try RepositoryError.translating { () throws(StoreError) in try Snapshot(commit, source: objects) }
  }

  /// What is at `path` in the commit, or nil. Look at its mode: it may be a link or a submodule.
  package func entry(at path: String, inCommit commit: ObjectID) throws(RepositoryError) -> TreeEntry? {
    let snapshot = try snapshot(commit)
    return try RepositoryError.translating { () throws(StoreError) in try snapshot.entry(at: path) }
  }

  /// A file, link or submodule with its path from the root of the tree.
  package struct File: Hashable, Sendable {
    package let path: String
    package let mode: FileMode
    package let id: ObjectID
  }

  /// Everything below a folder of the commit (`""`: the root) that is no folder, in git's order.
  ///
  /// - Parameter limit: how many entries, folders included, may be visited.
  /// - Throws: ``RepositoryError/refused(_:)`` beyond the limit.
  package func files(
    under folder: String, in commit: ObjectID, limit: Int = 100_000
  ) throws(RepositoryError) -> [File] {
    let snapshot = try snapshot(commit)
    return try RepositoryError.translating { () throws(StoreError) in
      var files: [File] = []
      try snapshot.walk(under: folder, limit: limit) { path, entry throws(StoreError) in
        files.append(File(path: path, mode: entry.mode, id: entry.id))
      }
      return files
    }
  }

  /// What differs between two commits, by path; with `old` nil, every file of `new`.
  package func changedPaths(from old: ObjectID?, to new: ObjectID) throws(RepositoryError) -> [PathChange] {
    var before: Snapshot?
    if let old { before = try snapshot(old) }
    let after = try snapshot(new)
    return try RepositoryError.translating { () throws(StoreError) in try after.changes(since: before) }
  }
}
