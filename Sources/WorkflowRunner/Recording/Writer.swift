import CEL
import GitStore
import Logging
import WorkflowFiles

/// Owns the record's pen. It has a thread of its own, because syncing blocks.
actor Writer {
  private let executor = ThreadExecutor(name: "writ.record")
  private let store: any RecordStore
  private let logger = Logger(label: "writ.record")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(store: any RecordStore) {
    self.store = store
  }

  /// Writes a batch as one commit; durable when it returns `nil`.
  func write(_ batch: Batch) -> SubmitError? {
    do {
      let changes = try batch.changes(to: store)
      let moment = Signature(
        name: "Writ", email: "runner@writ.invalid", time: max(batch.at.seconds, lastCommitTime), offset: 0)
      try commit(changes, batch.message.text, moment)
      lastCommitTime = moment.time
      return nil
    } catch let error as StoreError where error.outcome == .unknown || error.mustStop {
      return .outcomeUnknown("the record could not be written: \(error)")
    } catch {
      return .notDone("the record could not be written: \(error)")
    }
  }

  /// Somebody else may have moved the ref while we run: their tip is set aside, ours put back, ours written.
  private func commit(_ changes: [GitStore.Change], _ message: String, _ moment: Signature) throws(StoreError) {
    do throws(StoreError) {
      _ = try store.commit(changes, message: message, author: moment, committer: moment)
    } catch {
      guard case .moved(let own?, let foreign) = error, let store = store as? StateStore else { throw error }
      if let foreign { try store.quarantineForeign(foreign, restoring: own) } else { try store.restoreRemovedTip(own) }
      logger.error(
        "somebody moved the record's ref; it is back",
        metadata: ["kept": "refs/writ/foreign/\(foreign?.description ?? "")"])
      _ = try store.commit(changes, message: message, author: moment, committer: moment)
    }
  }

  /// Commit dates never decrease.
  private var lastCommitTime: Int64 = 0
}
