internal import CLibGit2

extension Repository {
  /// Writes the objects of a commit that applies `edits` to `parent` (nil: to nothing), and returns its id. No ref moves:
  /// use ``updateRef(_:to:expecting:)``. For branches of small volume: each object is a file of its own, synced.
  ///
  /// - Parameters:
  ///   - merging: further parents. What they hold counts only by the history, not by the files.
  ///   - isAnew: nothing is taken over from `parent`, whatever lies there.
  package func createCommit(
    _ edits: [Change], on parent: ObjectID?, merging: [ObjectID] = [], isAnew: Bool = false, message: String,
    author: Signature,
    committer: Signature,
    sign: CommitSigner? = nil
  ) throws(RepositoryError) -> ObjectID {
    var root: ObjectID?
    if let parent, !isAnew { root = try commit(parent).tree }
    return try RepositoryError.translating { () throws(StoreError) in
      var sink = LooseObjects(repository: self)
      let tree = try WorkingTree(root: root, source: objects)
      for edit in edits { try tree.apply(edit, into: &sink) }
      let draft = CommitDraft(
        tree: try tree.seal(into: &sink), parents: (parent.map { [$0] } ?? []) + merging, author: author,
        committer: committer, message: message)
      let raw = try draft.encoded(sign: sign)
      let id = ObjectID.of(.commit, raw)
      try raw.withBytes { bytes throws(StoreError) in try sink.add(id, .commit, bytes) }
      return id
    }
  }
}

/// Writes each object to a file of its own, as libgit2 does it.
private struct LooseObjects: ObjectSink {
  let repository: Repository

  func add(_ id: ObjectID, _ kind: ObjectKind, _ content: UnsafeRawBufferPointer) throws(StoreError) {
    try repository.withHandle { handle throws(StoreError) in
      var database: OpaquePointer?
      guard git_repository_odb(&database, handle) == 0 else { throw .damaged(LibGit2.complaint()) }
      defer { git_odb_free(database) }
      var written = git_oid()
      guard git_odb_write(&written, database, content.baseAddress, content.count, kind.gitType) == 0 else {
        throw .damaged("\(kind.word) \(id) cannot be written: \(LibGit2.complaint())")
      }
      precondition(ObjectID(written) == id, "git and we agree on names")
    }
  }
}
