import Dispatch
import Foundation
import Synchronization

/// A serial executor with a thread of its own, for calls that block; Swift's shared pool never waits for a disk.
final class ThreadExecutor: SerialExecutor {
  private let mailbox = Mailbox()

  init(name: String) {
    let thread = Thread { [mailbox] in mailbox.run() }
    thread.name = name
    thread.start()
  }

  deinit { mailbox.close() }

  func enqueue(_ job: consuming ExecutorJob) {
    mailbox.post(UnownedJob(job), on: asUnownedSerialExecutor())
  }

  /// Shared by the executor and its thread, so that the thread does not keep the executor alive.
  private final class Mailbox: Sendable {
    private typealias Letter = (job: UnownedJob, executor: UnownedSerialExecutor)
    private struct State {
      var letters: [Letter] = []
      var isClosed = false
    }
    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)

    func post(_ job: UnownedJob, on executor: UnownedSerialExecutor) {
      state.withLock { $0.letters.append((job, executor)) }
      arrived.signal()
    }

    func close() {
      state.withLock { $0.isClosed = true }
      arrived.signal()
    }

    func run() {
      while true {
        arrived.wait()
        let (letters, isClosed) = state.withLock { state in
          defer { state.letters = [] }
          return (state.letters, state.isClosed)
        }
        for letter in letters { letter.job.runSynchronously(on: letter.executor) }
        if isClosed { return }
      }
    }
  }
}
