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

  private struct Queue {
    private var due: Heap<Slot> = []
    private var putOff: Heap<Slot> = []
    private var seen = Timestamp.earliest

    mutating func add(_ number: Int, at: Timestamp) { due.insert(Slot(at: at, number: number)) }
    mutating func putOff(_ number: Int, to at: Timestamp) { putOff.insert(Slot(at: at, number: number)) }

    /// What was put off for some seconds has its turn when the clock is set back: it is not known how long those would be.
    mutating func take(until now: Timestamp) -> Set<Int> {
      let isSetBack = now < seen
      seen = now
      return Self.take(&due, until: now).union(Self.take(&putOff, until: isSetBack ? .latest : now))
    }

    private static func take(_ heap: inout Heap<Slot>, until now: Timestamp) -> Set<Int> {
      var numbers: Set<Int> = []
      while let first = heap.min, first.at <= now { numbers.insert(heap.removeMin().number) }
      return numbers
    }
  }

  private struct State {
    var timers = Queue()
    var work = Queue()
    var messages = Queue()
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
        case .timer(let at): state.timers.add(number, at: at)
        case .job(let job): state.work.add(number, at: job.notBefore ?? Self.atOnce)
        case .delivery(let delivery): state.work.add(number, at: delivery.notBefore ?? Self.atOnce)
        }
      }
    }
  }

  /// Notes when something becomes of a message by itself.
  func add(_ file: MessageFile) {
    state.withLock { $0.messages.add(file.message.number, at: file.nextInstant) }
  }

  /// Takes the instances, or messages, for which something is due.
  func take(_ kind: Kind, until now: Timestamp) -> Set<Int> {
    state.withLock { state in
      switch kind {
      case .timer: state.timers.take(until: now)
      case .work: state.work.take(until: now)
      case .message: state.messages.take(until: now)
      }
    }
  }

  /// Puts an instance, or a message, back whose turn could not be taken.
  func postpone(_ number: Int, _ kind: Kind, to at: Timestamp) {
    state.withLock { state in
      switch kind {
      case .timer: state.timers.putOff(number, to: at)
      case .work: state.work.putOff(number, to: at)
      case .message: state.messages.putOff(number, to: at)
      }
    }
  }
}
