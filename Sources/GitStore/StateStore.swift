import Glibc
import Synchronization

/// The record in its folder `state/`: a git repository that this process alone writes.
///
/// One process has it open at a time. Commits are made one after the other, by whichever thread asks (the runner has one
/// thread for it); reading goes on beside them, from any thread, and sees what is durable. A commit that returned is on
/// disk. Errors say what may be concluded: see ``StoreError/outcome`` and ``StoreError/mustStop``.
package final class StateStore: RecordStore {
  let layout: StoreLayout
  let disk: Disk
  let objects: StoreObjects
  let writer: Mutex<StoreWriter>
  let roller: Mutex<PackRoller>
  private let durableTip: Mutex<ObjectID?>
  let lock: Mutex<StoreLock?>

  /// What the store remembered as its own last tip when it was opened; a cache, nil when it is lost.
  package let rememberedTip: ObjectID?

  /// What opening found to say to people: files set aside, packs written anew.
  package let recovery: RecoveryReport

  init(_ opening: StoreOpening) throws(StoreError) {
    layout = opening.layout
    disk = opening.disk
    objects = opening.objects
    rememberedTip = opening.rememberedTip
    recovery = opening.report
    durableTip = Mutex(opening.tip)
    let (layout, disk, tip, objects) = (opening.layout, opening.disk, opening.tip, opening.objects)
    writer = Mutex(
      try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
        try StoreWriter(layout, disk, tip: tip, objects: objects)
      })
    roller = Mutex(PackRoller(layout, disk, objects))
    lock = Mutex(opening.lock)
  }

  package var tip: ObjectID? { durableTip.withLock { $0 } }

  package func commit(
    _ changes: [Change], message: String, author: Signature, committer: Signature, on base: CommitBase,
    sign: CommitSigner?
  ) throws(StoreError) -> ObjectID {
    try withWriter { writer throws(StoreError) in
      try writer.commit(changes, message: message, author: author, committer: committer, on: base, sign: sign)
    }
  }

  package func snapshot(_ commit: ObjectID) throws(StoreError) -> Snapshot {
    try Snapshot(commit, source: objects)
  }

  package func commitInfo(_ id: ObjectID) throws(StoreError) -> CommitInfo {
    try CommitInfo(reading: id, from: objects)
  }

  /// Runs `body` as the only writer, and publishes the tip that it leaves.
  func withWriter<Value>(
    _ body: (StoreWriter) throws(StoreError) -> sending Value
  ) throws(StoreError) -> sending Value {
    try writer.withLock { writer throws(StoreError) in
      let value = try body(writer)
      let tip = writer.tip
      durableTip.withLock { $0 = tip }
      return value
    }
  }

  /// Says that everything is durable, lets the next process in, and accepts nothing more. After an error that stops the
  /// store only the lock is let go, and the next start looks at everything that is new.
  package func close() throws(StoreError) {
    defer { roller.withLock { _ in lock.withLock { $0 = nil } } }
    for _ in 0..<2 { try? removeReplaced() }
    try withWriter { writer throws(StoreError) in
      defer { writer.stop() }
      guard writer.failure == nil, lock.withLock({ $0 != nil }) else { return }
      try? disk.unlink(layout.address)
      try? disk.unlink(layout.token)
      try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
        try writer.checkpoint(isClosed: true)
      }
    }
  }
}
