import GitStore
import WorkflowFiles

/// Owns the record's pen: one thread of its own, because syncing blocks and libgit2 belongs to one thread.
actor Writer {
  private let executor = ThreadExecutor(name: "writ.record")
  private let store: any RecordStore

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(store: any RecordStore) {
    self.store = store
  }
}
