import GitStore

/// Where the branch `writ/inbox` lies: in the repository itself, or at the remote, of which the repository keeps a copy.
struct InboxBranch {
  let repository: Repository
  /// As `writ.yaml` names it.
  let remote: String?

  static let local = "refs/heads/\(Intake.branch)"

  /// The ref that is read here.
  var ref: String { remote.map { "refs/remotes/\($0)/\(Intake.branch)" } ?? Self.local }

  var tip: ObjectID? { repository.ref(ref) }

  /// Moves the branch on; people who move it at the same moment are never in the way, and never overwritten.
  ///
  /// - Returns: `false`: somebody was faster. What they did is read first, and then the branch is tidied anew.
  func move(to commit: ObjectID, from tip: ObjectID?) async throws -> Bool {
    if let remote { return try await push(commit, from: tip, to: remote) }
    if let folder = repository.workingTree(of: Intake.branch) { return try fastForward(folder, to: commit) }
    return (try? repository.updateRef(ref, to: commit, expecting: tip)) != nil
  }

  private func push(_ commit: ObjectID, from tip: ObjectID?, to remote: String) async throws -> Bool {
    let git = GitTransport(gitFolder: repository.gitFolder)
    do {
      // Never forced: where somebody pushed meanwhile, git refuses.
      try await git.run(["push", "--quiet", "--", remote, "\(commit):\(Self.local)"])
    } catch {
      try await RemoteBranches(repository: repository, remote: remote).fetchInbox()
      guard self.tip == tip else { return false }
      throw error
    }
    if self.tip != commit { try? repository.updateRef(ref, to: commit, expecting: tip) }
    return true
  }

  /// A checked-out branch is moved only by a fast-forward merge of a clean tree.
  private func fastForward(_ folder: String, to commit: ObjectID) throws -> Bool {
    guard try Repository.open(at: folder).isClean() else { throw CheckedOut(folder: folder) }
    try GitTransport(gitFolder: repository.gitFolder).fastForward(folder, to: commit)
    return true
  }

  struct CheckedOut: Error, CustomStringConvertible {
    var folder: String
    var description: String {
      "it is checked out in \(folder) with changes: commit them, and new requests appear there"
    }
  }
}
