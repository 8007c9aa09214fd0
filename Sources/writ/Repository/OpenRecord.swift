import CEL
import GitStore
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// The record opened by this process: its lock, its store and its runner.
struct OpenRecord {
  let place: Place
  let store: StateStore
  let runner: Runner

  /// Takes the lock and recovers; makes the record where there is none yet.
  ///
  /// - Throws: ``StoreError/held(_:)`` when another process has it.
  init(_ place: Place, clock: @escaping @Sendable () -> Timestamp = { .current }) throws {
    self.place = place
    try place.repository.exclude("/state/")
    store = try place.hasRecord ? StateStore.open(at: place.state) : StateStore.create(at: place.state)
    if let foreign = try Ownership.settle(store) {
      Terminal.note("somebody moved the record's ref; it is back, and theirs is kept as refs/writ/foreign/\(foreign)")
    }
    let zones = SystemZones()
    let name = Hex.text((0..<16).map { _ in UInt8.random(in: 0...255) })
    do {
      runner = try Runner(store: store, newRepository: name, clock: clock, zones: { zones.rules($0) })
    } catch {
      try? store.close()
      throw error
    }
    if !store.recovery.setAside.isEmpty {
      Terminal.note("the last run ended in mid-write; its unfinished files lie in state/.git/writ/aside")
    }
  }

  /// Jobs and messages that could be done now and that nobody does while no server runs.
  var waiting: Int {
    let now = runner.clock()
    return runner.snapshot.live.values.reduce(0) { count, instance in
      count + instance.owed.count { $0.isWork(at: now) }
    }
  }

  /// Where the last holder ended in mid-work, what was under way says that it is handed out again.
  func noteRedeliveries() async {
    if store.recovery.wasUnclean { await Dispatcher.redeliver(by: runner) }
  }

  /// Says that everything is durable and lets the next process in.
  func close() throws { try store.close() }
}

extension Owed {
  fileprivate func isWork(at now: Timestamp) -> Bool {
    switch self {
    case .timer(let at): at <= now
    case .child: false
    case .job(let job): job.notBefore ?? now <= now
    case .delivery(let delivery): delivery.notBefore ?? now <= now
    }
  }
}
