import GitStore
import Logging
import WorkflowEngine
import WorkflowFiles

/// Decisions pushed as short-lived refs of their own, `refs/writ/decisions/<any name>`: no branch that moves, so no race
/// with anybody.
///
/// Such a ref names a commit with `decision.json` and its signature, `decision.json.sig`; or commits on top of the inbox
/// branch, as they would be pushed there: they become part of the branch by a merge that the runner makes. The ref is
/// removed once it is taken in, whether it counted or not.
extension InboxDesk {
  /// Each look takes at most so many refs, and so many commits of one.
  private static let (mostRefs, mostCommits) = (1_000, 1_000)

  func takeInRefs() async throws {
    var done: [(name: String, id: ObjectID)] = []
    for (name, id) in repository.refs(under: Intake.shortLived).prefix(Self.mostRefs) where joining[name] != id {
      do {
        if try await !takeInDocument(id), try await takeInCommits(id) {
          joining[name] = id
          continue
        }
      } catch let error as RepositoryError {
        logger.warning("\(name) holds no decision: \(error)")
      }
      done.append((name, id))
    }
    await remove(done)
  }

  /// Here, and where they were fetched from, but only as they were read: what was pushed since then is taken in as well.
  /// What comes again is answered as before.
  func remove(_ refs: [(name: String, id: ObjectID)]) async {
    guard !refs.isEmpty else { return }
    for ref in refs { try? repository.deleteRef(ref.name, expecting: ref.id) }
    guard let remote = runner.snapshot.deployment.settings.remote else { return }
    do {
      try await RemoteBranches(repository: repository, remote: remote).remove(refs)
    } catch {
      logger.debug("decisions that were taken in are not removed from \(remote): \(error)")
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
  ///
  /// - Returns: whether it belongs to the branch: it stands on the branch's own history and decides something.
  private func takeInCommits(_ id: ObjectID) async throws -> Bool {
    let known = branch.tip.map { [$0] } ?? []
    var speaks = false
    let commits = try repository.history(from: id, excluding: known, limit: Self.mostCommits)
    for commit in commits where try await takeIn(try repository.commit(commit)) { speaks = true }
    let foreign = Set(commits)
    return try speaks
      && commits.allSatisfy { commit in
        let parents = try repository.commit(commit).parents
        return !parents.isEmpty && parents.allSatisfy { foreign.contains($0) || isOurs($0) }
      }
  }

  private func isOurs(_ commit: ObjectID) -> Bool {
    guard let tip = branch.tip else { return false }
    return (try? repository.isAncestor(commit, of: tip)) ?? false
  }
}
