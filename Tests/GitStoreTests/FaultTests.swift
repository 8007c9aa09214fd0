import Foundation
import GitStore
import Synchronization
import Testing

/// Fails the n-th changing call, or from the n-th on.
private final class FaultPlan: Sendable {
  private let calls = Mutex(0)
  private let at: Int
  private let stays: Bool
  private let fault: Disk.Fault

  init(at: Int, stays: Bool, fault: Disk.Fault) {
    self.at = at
    self.stays = stays
    self.fault = fault
  }

  var disk: Disk { Disk { [self] _, _ in next() } }

  var wasReached: Bool { calls.withLock { $0 >= at } }

  private func next() -> Disk.Fault? {
    let call = calls.withLock { calls in
      calls += 1
      return calls
    }
    return call == at || stays && call > at ? fault : nil
  }
}

@Suite("With a fault at the n-th call, for every n")
struct FaultTests {
  enum Kind: CaseIterable, Sendable {
    case fails, failsAfterwards, fullDiskFromThenOn, brokenDiskFromThenOn, shortWrite, interrupted

    fileprivate func plan(at call: Int) -> FaultPlan {
      switch self {
      case .fails: FaultPlan(at: call, stays: false, fault: .fails(EIO))
      case .failsAfterwards: FaultPlan(at: call, stays: false, fault: .failsAfterwards(EIO))
      case .fullDiskFromThenOn: FaultPlan(at: call, stays: true, fault: .fails(ENOSPC))
      case .brokenDiskFromThenOn: FaultPlan(at: call, stays: true, fault: .fails(EIO))
      case .shortWrite: FaultPlan(at: call, stays: false, fault: .writesAtMost(3))
      case .interrupted: FaultPlan(at: call, stays: false, fault: .fails(EINTR))
      }
    }
  }

  /// What a client saw acknowledged, and what it does not know about.
  private struct Client {
    var acknowledged: [ObjectID] = []
    var unknown = false
    var mustStop = false

    mutating func run(_ store: StateStore) {
      for batch in 0..<3 where !mustStop {
        do {
          let changes: [Change] = [.write("n", text: "\(batch)"), .write("f/\(batch)/x", text: "\(batch)")]
          acknowledged.append(try store.commit(changes, at: Int64(batch)))
        } catch {
          mustStop = error.mustStop
          unknown = error.outcome == .unknown
        }
      }
    }
  }

  @Test("a record opens again with everything acknowledged and nothing refused", arguments: Kind.allCases)
  func faults(kind: Kind) throws {
    for call in 1... {
      let folder = TemporaryFolder()
      let state = folder("state")
      let base = try StateStore.create(at: state)
      let first = try base.commit([.write("n", text: "start")])
      try base.close()

      let plan = kind.plan(at: call)
      var client = Client()
      if let store = try? StateStore.open(at: state, disk: plan.disk) {
        client.run(store)
        if !client.mustStop { try? store.close() }
      }
      try check(state, first, client, "\(kind) at call \(call)")
      if !plan.wasReached { return }
    }
  }

  private func check(_ state: String, _ first: ObjectID, _ client: Client, _ place: String) throws {
    let store = try StateStore.open(at: state)
    let history = try store.history(limit: 10).map(\.id)
    #expect(history.last == first, "\(place)")
    #expect(client.acknowledged.allSatisfy(history.contains), "\(place)")
    let extra = history.count - 1 - client.acknowledged.count
    #expect(client.unknown ? 0...1 ~= extra : extra == 0, "\(place)")
    for id in history {
      try store.snapshot(id).walk(under: "") { _, file throws(StoreError) in
        _ = try store.snapshot(id).blob(file.id)
      }
    }
    let fsck = try StockGit(folder: state)("fsck", "--full", "--strict")
    #expect(fsck.status == 0, "\(place): \(fsck)")
    let next = try store.commit([.write("n", text: "again")])
    try store.close()
    let again = try StateStore.open(at: state)
    #expect(again.tip == next && !again.recovery.wasUnclean, "\(place)")
  }

  @Test("creation can be taken up again")
  func creation() throws {
    for call in 1... {
      let folder = TemporaryFolder()
      let plan = Kind.fails.plan(at: call)
      let made = try? StateStore.create(at: folder("state"), disk: plan.disk)
      try? made?.close()
      let isThere = StateStore.isRecord(at: folder("state"))
      let store = try isThere ? StateStore.open(at: folder("state")) : StateStore.create(at: folder("state"))
      try store.commit([.write("a", text: "b")])
      #expect(try StockGit(folder: folder("state"))("fsck", "--full", "--strict").status == 0)
      if !plan.wasReached { return }
    }
  }

  @Test("a failed sync stops the store; an error before it does not")
  func stopping() throws {
    let folder = TemporaryFolder()
    let failing = Mutex<(Disk.Call, Int32)?>(nil)
    let disk = Disk { call, _ in
      failing.withLock { fault in
        guard let (kind, code) = fault, kind == call else { return nil }
        fault = nil
        return .fails(code)
      }
    }
    let store = try StateStore.create(at: folder("state"), disk: disk)
    failing.withLock { $0 = (.write, ENOSPC) }
    #expect(throws: StoreError.self) { try store.commit([.write("a", text: "1")]) }
    let tip = try store.commit([.write("a", text: "2")])
    failing.withLock { $0 = (.sync, EIO) }
    #expect { try store.commit([.write("a", text: "3")]) } throws: { error in
      guard let error = error as? StoreError else { return false }
      return error.mustStop && error.outcome == .notDone
    }
    #expect { try store.commit([.write("a", text: "4")]) } throws: { error in
      guard case .stopped? = error as? StoreError else { return false }
      return true
    }
    #expect(store.tip == tip)
  }
}
