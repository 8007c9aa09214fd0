import GitStore
import Synchronization

/// A record whose disk has the fate that the simulation decides. What is durable in it outlives every process.
final class SimulatedStore: RecordStore {
  enum Fate: CaseIterable {
    case written
    /// The disk is full: the ref was not touched.
    case full
    /// A sync failed: the ref was not touched, and the process must end.
    case syncFailed
    /// The last sync failed: the ref is there, or it is not.
    case unknownWritten, unknownLost
  }

  let durable: MemoryStore
  private let next = Mutex(Fate.written)

  init(_ durable: MemoryStore) { self.durable = durable }

  var tip: ObjectID? { durable.tip }

  func privateKeys() -> [[UInt8]] { durable.privateKeys() }

  func meet(_ fate: Fate) { next.withLock { $0 = fate } }

  func commit(
    _ changes: [Change], message: String, author: Signature, committer: Signature, on base: CommitBase,
    sign: CommitSigner?
  ) throws(StoreError) -> ObjectID {
    let fate = next.withLock { $0 }
    switch fate {
    case .full: throw .notDone(Self.failure(.write, 28))
    case .syncFailed: throw .notDone(Self.failure(.sync, 5))
    case .unknownLost: throw .unknown(Self.failure(.sync, 5))
    case .written, .unknownWritten: break
    }
    let id = try durable.commit(
      changes, message: message, author: author, committer: committer, on: base, sign: sign)
    if fate == .unknownWritten { throw .unknown(Self.failure(.sync, 5)) }
    return id
  }

  func snapshot(_ commit: ObjectID) throws(StoreError) -> Snapshot { try durable.snapshot(commit) }
  func commitInfo(_ id: ObjectID) throws(StoreError) -> CommitInfo { try durable.commitInfo(id) }

  private static func failure(_ call: Disk.Call, _ code: Int32) -> Disk.Failure {
    Disk.Failure(call: call, path: "simulated", code: code)
  }
}
