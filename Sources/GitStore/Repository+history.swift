internal import CLibGit2

extension Repository {
  /// The commits that can be reached from `tip` and not from `known`, parents before children.
  ///
  /// - Throws: ``RepositoryError/notFound(_:)`` when one of the ids is no commit here, ``RepositoryError/tooLarge(_:)`` when
  ///   there are more than `limit`.
  package func history(
    from tip: ObjectID, excluding known: [ObjectID] = [], limit: Int = 1_000_000
  ) throws(RepositoryError) -> [ObjectID] {
    try withHandle { handle throws(RepositoryError) in
      var walk: OpaquePointer?
      guard git_revwalk_new(&walk, handle) == 0 else { throw .complaint("history") }
      defer { git_revwalk_free(walk) }
      git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue)
      var start = tip.gitID
      guard git_revwalk_push(walk, &start) == 0 else { throw .notFound("commit \(tip)") }
      for id in known {
        var end = id.gitID
        guard git_revwalk_hide(walk, &end) == 0 else { throw .notFound("commit \(id)") }
      }
      return try Self.collect(walk, limit)
    }
  }

  private static func collect(_ walk: OpaquePointer?, _ limit: Int) throws(RepositoryError) -> [ObjectID] {
    var commits: [ObjectID] = []
    var id = git_oid()
    while true {
      let code = git_revwalk_next(&id, walk)
      if code == GIT_ITEROVER.rawValue { return commits }
      guard code == 0 else { throw .complaint("history") }
      guard commits.count < limit else { throw .tooLarge("more than \(limit) commits") }
      commits.append(ObjectID(id))
    }
  }

  /// Whether `ancestor` is `commit` or can be reached from it.
  package func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) throws(RepositoryError) -> Bool {
    if ancestor == commit { return true }
    return try withHandle { handle throws(RepositoryError) in
      var (old, new) = (ancestor.gitID, commit.gitID)
      let code = git_graph_descendant_of(handle, &new, &old)
      guard code >= 0 else { throw .complaint("ancestry of \(commit)") }
      return code == 1
    }
  }
}
