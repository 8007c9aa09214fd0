import CEL
import HashTreeCollections
import HeapModule
import Synchronization
import WorkflowEngine

/// When which instance is owed something. Built once at start, then changed by what every batch changed; nothing
/// scans. An entry may be out of date: whoever takes it looks at the instance again.
final class Agenda: Sendable {
  enum Kind { case timer, work }

  private struct Slot: Comparable {
    var at: Timestamp
    var number: Int

    static func < (left: Slot, right: Slot) -> Bool { (left.at, left.number) < (right.at, right.number) }
  }
  private struct State {
    var timers: Heap<Slot> = []
    var work: Heap<Slot> = []
  }
  private let state: Mutex<State>

  init(_ world: World) {
    state = Mutex(State())
    for instance in world.live.values { add(instance) }
  }

  /// Notes what the instance is owed after a change.
  func add(_ instance: Instance) {
    let number = instance.id.number
    state.withLock { state in
      for owed in instance.owed {
        switch owed {
        case .timer(let at): state.timers.insert(Slot(at: at, number: number))
        case .job(let job): state.work.insert(Slot(at: job.notBefore ?? instance.startedAt, number: number))
        case .delivery(let delivery):
          state.work.insert(Slot(at: delivery.notBefore ?? instance.startedAt, number: number))
        }
      }
    }
  }

  /// Takes the instances for which something is due.
  func take(_ kind: Kind, until now: Timestamp) -> Set<Int> {
    state.withLock { state in
      kind == .timer ? Self.take(&state.timers, now) : Self.take(&state.work, now)
    }
  }

  /// Puts an instance back whose turn could not be taken.
  func postpone(_ number: Int, _ kind: Kind, to at: Timestamp) {
    state.withLock { state in
      let slot = Slot(at: at, number: number)
      if kind == .timer { state.timers.insert(slot) } else { state.work.insert(slot) }
    }
  }

  private static func take(_ heap: inout Heap<Slot>, _ now: Timestamp) -> Set<Int> {
    var numbers: Set<Int> = []
    while let first = heap.min, first.at <= now { numbers.insert(heap.removeMin().number) }
    return numbers
  }
}
