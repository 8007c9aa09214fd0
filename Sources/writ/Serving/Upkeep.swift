import Dispatch
import GitStore
import Logging
import ServiceLifecycle

/// Keeps the record tidy while it is written: rolls small packs up, and keeps 'git gc' away.
struct Upkeep: Service {
  let store: StateStore
  let logger: Logger
  private static let period: Duration = .seconds(5)
  private let queue = DispatchQueue(label: "writ.upkeep")

  init(store: StateStore, logger: Logger) {
    self.store = store
    self.logger = logger
  }

  func run() async {
    let (rounds, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    let clock = Task {
      for round in 0... where !Task.isCancelled {
        continuation.yield(round)
        try await Task.sleep(for: Self.period)
      }
    }
    for await round in rounds.cancelOnGracefulShutdown() { await work(guarding: round % 720 == 0) }
    clock.cancel()
  }

  /// On a thread that may wait for the disk.
  private func work(guarding: Bool) async {
    await withCheckedContinuation { done in
      queue.async {
        do throws(StoreError) {
          if guarding { try store.refreshGuard() }
          _ = try store.rollUp()
        } catch {
          logger.warning("upkeep of the record: \(error)")
        }
        done.resume()
      }
    }
  }
}
