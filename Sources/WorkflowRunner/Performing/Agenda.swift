import CEL
import HashTreeCollections
import HeapModule
import Synchronization
import WorkflowEngine
import WorkflowFiles

/// When which instance is owed something. Built once at start, then changed by what every batch changed; nothing
/// scans. An entry may be out of date: whoever takes it looks at the instance again.
final class Agenda: Sendable {
  enum Kind { case timer, work, message }

  private struct Slot: Comparable {
    var at: Timestamp
    var number: Int

    static func < (left: Slot, right: Slot) -> Bool { (left.at, left.number) < (right.at, right.number) }
  }
  /// Whatever the clock says: it may have been set back since.
  private static let atOnce = Timestamp.earliest

  private struct State {
    var timers: Heap<Slot> = []
    var work: Heap<Slot> = []
    var messages: Heap<Slot> = []
  }
  private let state: Mutex<State>

  init(_ world: World) {
    state = Mutex(State())
    for instance in world.live.values { add(instance) }
    for file in world.mailbox.messages.values { add(file) }
  }

  /// Notes what the instance is owed after a change.
  func add(_ instance: Instance) {
    let number = instance.id.number
    state.withLock { state in
      for owed in instance.owed {
        switch owed {
        case .child: break
        case .timer(let at): state.timers.insert(Slot(at: at, number: number))
        case .job(let job): state.work.insert(Slot(at: job.notBefore ?? Self.atOnce, number: number))
        case .delivery(let delivery):
          state.work.insert(Slot(at: delivery.notBefore ?? Self.atOnce, number: number))
        }
      }
    }
  }

  /// Notes when something becomes of a message by itself.
  func add(_ file: MessageFile) {
    state.withLock { $0.messages.insert(Slot(at: file.nextInstant, number: file.message.number)) }
  }

  /// Takes the instances, or messages, for which something is due.
  func take(_ kind: Kind, until now: Timestamp) -> Set<Int> {
    state.withLock { state in
      switch kind {
      case .timer: Self.take(&state.timers, now)
      case .work: Self.take(&state.work, now)
      case .message: Self.take(&state.messages, now)
      }
    }
  }

  /// Puts an instance, or a message, back whose turn could not be taken.
  func postpone(_ number: Int, _ kind: Kind, to at: Timestamp) {
    state.withLock { state in
      let slot = Slot(at: at, number: number)
      switch kind {
      case .timer: state.timers.insert(slot)
      case .work: state.work.insert(slot)
      case .message: state.messages.insert(slot)
      }
    }
  }

  private static func take(_ heap: inout Heap<Slot>, _ now: Timestamp) -> Set<Int> {
    var numbers: Set<Int> = []
    while let first = heap.min, first.at <= now { numbers.insert(heap.removeMin().number) }
    return numbers
  }
}
