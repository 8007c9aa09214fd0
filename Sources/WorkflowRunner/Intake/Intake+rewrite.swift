import CEL
package import GitStore
package import WorkflowEngine
package import WorkflowFiles

/// A rewritten inbox: intake is frozen until the branch holds again what was read of it, or until somebody accepts it.
extension Intake {
  /// Why intake is frozen; `nil` where it is not.
  package var rewrite: Rewrite? {
    let world = runner.snapshot
    guard world.deployment.settings.usesInbox else { return nil }
    return Self.rewrite(in: repository, remote: world.deployment.settings.remote, cursors: world.cursors)
  }

  /// The same of a record that is only read.
  package static func rewrite(in repository: Repository, remote: String?, cursors: [String: String]) -> Rewrite? {
    guard let tip = InboxBranch(repository: repository, remote: remote).tip, let known = cursors[InboxDesk.cursor],
      known != tip.description, let last = ObjectID(hex: known)
    else { return nil }
    // What is not here at all was certainly rewritten.
    if (try? repository.isAncestor(last, of: tip)) == true { return nil }
    return Rewrite(branch: branch, from: known, to: tip.description)
  }

  /// Goes on from the commit that the rewritten branch is at. What it holds is not read: whoever decided on the way there
  /// decides again, and the branch is tidied until it equals what is open.
  ///
  /// - Parameter commit: what was looked at, in hex; refused where the branch is elsewhere by now.
  package func accept(
    _ commit: String, by person: PersonID, reason: String, key: String?
  ) async throws(SubmitError) -> Receipt {
    guard let rewrite else {
      throw .refused(Rejection(.conflict, "\(Self.branch) is as it was read; there is nothing to accept"))
    }
    guard rewrite.to == commit else {
      throw .refused(
        Rejection(.conflict, "\(Self.branch) is at \(rewrite.to) by now", hint: "look at that commit, and name it"))
    }
    guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= 2_000 else {
      throw .refused(Rejection(.invalid, "a reason of at most 2000 bytes is wanted", hint: "say why this is right"))
    }
    let receipt = try await runner.submit(
      Request(
        by: person, key: key, cursor: Cursor(ref: InboxDesk.cursor, commit: commit), .accept(rewrite, reason: reason)))
    await desk.noteAll()
    return receipt
  }
}

extension Rewrite {
  /// What has happened, and the two ways out.
  package func alarm(remote: String?) -> (words: String, remedy: String) {
    let back =
      remote.map { "git push --force \($0) \(from):refs/heads/\(branch)" } ?? "git branch -f \(branch) \(from)"
    return (
      "\(branch) was rewritten: \(from) is not part of it any more. Decisions are not taken from it.",
      "put it back: \(back)  or accept it: writ inbox --accept-rewrite \(to) --reason '...'"
    )
  }
}
