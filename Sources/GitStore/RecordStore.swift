/// A record: a chain of commits, each a whole tree of files, with one tip. Two stores have it: ``StateStore`` in git, and
/// ``MemoryStore``, its twin for simulations.
package protocol RecordStore: AnyObject, Sendable {
  /// The last commit that is durable; nil before the first.
  var tip: ObjectID? { get }

  /// Applies the changes in order, as one commit after `base`. When it returns, the commit is durable and the tip.
  ///
  /// - Parameter sign: makes the commit's signature; `nil`: it has none.
  func commit(
    _ changes: [Change], message: String, author: Signature, committer: Signature, on base: CommitBase,
    sign: CommitSigner?
  ) throws(StoreError) -> ObjectID

  /// The files of a commit.
  func snapshot(_ commit: ObjectID) throws(StoreError) -> Snapshot

  /// A commit, taken apart.
  func commitInfo(_ id: ObjectID) throws(StoreError) -> CommitInfo

  /// Keys of 32 bytes that whoever holds the record has and no commit tells: the one in use first. The same at every
  /// opening.
  func privateKeys() throws(StoreError) -> [[UInt8]]
}

/// What a new commit must follow.
package enum CommitBase: Hashable, Sendable {
  /// The tip as the store knows it.
  case tip
  /// This commit, or nothing: another tip is ``StoreError/moved(expected:actual:)``.
  case exactly(ObjectID?)
}

extension RecordStore {
  /// Commits after the tip as the store knows it.
  package func commit(
    _ changes: [Change], message: String, author: Signature, committer: Signature, sign: CommitSigner? = nil
  ) throws(StoreError) -> ObjectID {
    try commit(changes, message: message, author: author, committer: committer, on: .tip, sign: sign)
  }

  /// The files at the tip; nil before the first commit.
  package func snapshot() throws(StoreError) -> Snapshot? {
    guard let tip else { return nil }
    return try snapshot(tip)
  }

  /// The file at `path` at the tip.
  package func read(_ path: String) throws(StoreError) -> [UInt8]? { try snapshot()?.read(path) }

  /// The folder's entries at the tip; `""` is the root.
  package func list(_ folder: String) throws(StoreError) -> [TreeEntry] {
    try snapshot()?.list(folder) ?? []
  }

  /// Visits every file below the folder at the tip; `""` is the root.
  package func walk(
    under folder: String, _ visit: (_ path: String, _ file: TreeEntry) throws(StoreError) -> Void
  ) throws(StoreError) {
    try snapshot()?.walk(under: folder, visit)
  }

  /// At most `limit` commits from the tip back along first parents, newest first.
  package func history(limit: Int) throws(StoreError) -> [CommitInfo] {
    var commits: [CommitInfo] = []
    var next = tip
    while let id = next, commits.count < limit {
      let commit = try commitInfo(id)
      commits.append(commit)
      next = commit.parents.first
    }
    return commits
  }

  /// The commits after `known` up to `tip`, oldest first; nil when `known` is not among the last `limit` commits before
  /// it. With `known` nil: all of them.
  package func commits(
    after known: ObjectID?, upTo tip: ObjectID, limit: Int
  ) throws(StoreError) -> [CommitInfo]? {
    var commits: [CommitInfo] = []
    var next: ObjectID? = tip
    while next != known {
      guard let id = next, commits.count < limit else { return nil }
      let commit = try commitInfo(id)
      commits.append(commit)
      next = commit.parents.first
    }
    return commits.reversed()
  }
}

extension CommitInfo {
  init(reading id: ObjectID, from source: any ObjectSource) throws(StoreError) {
    guard let info = CommitInfo(id: id, raw: try source.require(id, .commit)) else {
      throw .damaged("commit \(id) cannot be read")
    }
    self = info
  }
}
