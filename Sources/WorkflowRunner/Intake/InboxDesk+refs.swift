import GitStore
import Logging
import WorkflowEngine
import WorkflowFiles

/// Decisions pushed as short-lived refs of their own, `refs/writ/decisions/<any name>`: no branch that moves, so no race
/// with anybody.
///
/// Such a ref names a commit with `decision.json` and its signature, `decision.json.sig`; or commits on top of the inbox
/// branch, as they would be pushed there. It is removed once it is taken in, whether it counted or not.
extension InboxDesk {
  /// Each look takes at most so many refs, and so many commits of one.
  private static let (mostRefs, mostCommits) = (1_000, 1_000)

  func takeInRefs() async throws {
    for (name, id) in repository.refs(under: Intake.shortLived).prefix(Self.mostRefs) {
      do {
        if try await !takeInDocument(id) { try await takeInCommits(id) }
      } catch let error as RepositoryError {
        logger.warning("\(name) holds no decision: \(error)")
      }
      await remove(name, id)
    }
  }

  /// Here, and where it was fetched from. What comes again is answered as before.
  private func remove(_ name: String, _ id: ObjectID) async {
    try? repository.deleteRef(name, expecting: id)
    guard let remote = runner.snapshot.deployment.settings.remote else { return }
    do {
      try await GitTransport(repository: repository).run(["push", "--quiet", "--", remote, ":\(name)"])
    } catch {
      logger.debug("\(name) is not removed from \(remote): \(error)")
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
    if let rejection = try await refusal(of: signed) { answer(signed, rejection, id) }
    return true
  }

  private func refusal(of signed: SignedDecision) async throws -> Rejection? {
    do throws(SubmitError) {
      _ = try await runner.submit(signed)
      return nil
    } catch .refused(let rejection) where rejection.code != .busy {
      return rejection
    }
  }

  /// In the person's own file, if the document says whose that is.
  private func answer(_ signed: SignedDecision, _ rejection: Rejection, _ id: ObjectID) {
    logger.warning("a decision pushed as \(id) does not count: \(rejection.message)")
    guard let binding = (try? DecisionDocument.read(signed.document))?.binding else { return }
    dirty.insert(binding.instance.number)
    answers[binding.path] = InboxAnswer(problem: rejection.message, remedy: rejection.hint)
  }

  /// Everything that the branch itself does not have.
  private func takeInCommits(_ id: ObjectID) async throws {
    let known = repository.ref(Self.ref).map { [$0] } ?? []
    for commit in try repository.history(from: id, excluding: known, limit: Self.mostCommits) {
      try await takeIn(try repository.commit(commit))
    }
  }
}
