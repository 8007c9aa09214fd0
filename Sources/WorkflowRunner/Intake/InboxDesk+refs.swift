import GitStore
import WorkflowEngine
import WorkflowFiles

/// Decisions pushed as short-lived refs of their own, `refs/writ/decisions/<any name>`: no branch that moves, so no race
/// with anybody.
///
/// Such a ref names a commit with `decision.json` and its signature, `decision.json.sig`; or commits on top of the inbox
/// branch, as they would be pushed there. It is removed once it is taken in, whether it counted or not.
extension InboxDesk {
  static let shortLived = "refs/writ/decisions/"
  /// Each look takes at most so many refs, and so many commits of one.
  private static let (mostRefs, mostCommits) = (1_000, 1_000)

  func takeInRefs() async throws {
    for (name, id) in repository.refs(under: Self.shortLived).prefix(Self.mostRefs) {
      do {
        if try await !takeInDocument(id) { try await takeInCommits(id) }
      } catch let error as RepositoryError {
        logger.warning("\(name) holds no decision: \(error)")
      }
      try? repository.deleteRef(name, expecting: id)
    }
  }

  /// - Returns: whether the commit holds a signed document at all.
  private func takeInDocument(_ id: ObjectID) async throws -> Bool {
    guard let entry = try repository.entry(at: DecisionDocument.file, inCommit: id), entry.mode.isFile,
      let seal = try repository.entry(at: DecisionDocument.signatureFile, inCommit: id), seal.mode.isFile
    else { return false }
    let signed = SignedDecision(
      document: try repository.blob(entry.id, limit: DecisionDocument.limit),
      signature: String(decoding: try repository.blob(seal.id, limit: SSHSignature.limit), as: UTF8.self))
    do throws(SubmitError) {
      _ = try await runner.submit(signed)
    } catch .refused(let rejection) where rejection.code != .busy {
      logger.warning("a decision pushed as \(id) does not count: \(rejection.message)")
      guard let binding = try? DecisionDocument.read(signed.document).binding else { return true }
      dirty.insert(binding.instance.number)
      answers[binding.path] = InboxAnswer(problem: rejection.message, remedy: rejection.hint)
    }
    return true
  }

  /// Everything that the branch itself does not have.
  private func takeInCommits(_ id: ObjectID) async throws {
    let known = repository.ref(Self.ref).map { [$0] } ?? []
    for commit in try repository.history(from: id, excluding: known, limit: Self.mostCommits) {
      try await takeIn(try repository.commit(commit))
    }
  }
}
