import CEL
import GitStore
import Logging
import WorkflowEngine
import WorkflowFiles

/// Writes batches into a record: what the writer's thread does, as a plain value.
struct Pen {
  private let store: any RecordStore
  private let keys: CommitKeys
  private let logger = Logger(label: "writ.record")
  /// Commit dates never decrease, also where the clock went back between two starts.
  private var lastCommitTime: Int64
  private var recent = RecentFiles()

  init(store: any RecordStore, keys: CommitKeys) throws {
    self.store = store
    self.keys = keys
    lastCommitTime = try store.tip.map { try store.commitInfo($0).committer.time } ?? 0
  }

  /// Writes a batch as one commit; durable when it returns `nil`.
  mutating func write(_ batch: Batch) -> SubmitError? {
    do {
      let signers = batch.world.deployment.settings.signedBy
      if let problem = keys.problem(with: signers) { return .notDone("the record could not be written: \(problem)") }
      let changes = try batch.changes(to: store, recent)
      let moment = Signature.runner(at: max(batch.at.seconds, lastCommitTime))
      try commit(changes, batch.message.text, moment, sign: keys.signer(byOneOf: signers))
      lastCommitTime = moment.time
      recent.keep(changes)
      return nil
    } catch let error as StoreError where error.outcome == .unknown || error.mustStop {
      return .outcomeUnknown("the record could not be written: \(error)")
    } catch {
      return .notDone("the record could not be written: \(error)")
    }
  }

  /// Somebody else may have moved the ref while we run: their tip is set aside, ours put back, ours written.
  private func commit(
    _ changes: [GitStore.Change], _ message: String, _ moment: Signature, sign: CommitSigner?
  ) throws(StoreError) {
    do throws(StoreError) {
      _ = try store.commit(changes, message: message, author: moment, committer: moment, sign: sign)
    } catch {
      guard case .moved(let own?, let foreign) = error, let store = store as? StateStore else { throw error }
      if let foreign { try store.quarantineForeign(foreign, restoring: own) } else { try store.restoreRemovedTip(own) }
      logger.error(
        "somebody moved the record's ref; it is back",
        metadata: ["kept": "refs/writ/foreign/\(foreign?.description ?? "")"])
      _ = try store.commit(changes, message: message, author: moment, committer: moment, sign: sign)
    }
  }
}
