import CEL
import Dispatch
import GitStore
import Logging
import ServiceLifecycle
import WorkflowRunner

/// Keeps the record tidy while it is written: rolls small packs up, has them packed with deltas at night, and keeps
/// 'git gc' away.
struct Upkeep: Service {
  let store: StateStore
  let logger: Logger
  private static let period: Duration = .seconds(5)
  /// Rounds in a minute, and in an hour.
  private static let (minute, hour) = (12, 720)
  /// The hour of the day, UTC, in which packs get deltas.
  private static let night = 2
  /// So many bytes without deltas do not wait for the night.
  private static let much = 1 << 30
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
    for await round in rounds.cancelOnGracefulShutdown() { await work(round) }
    clock.cancel()
  }

  /// On a thread that may wait for the disk.
  private func work(_ round: Int) async {
    await withCheckedContinuation { done in
      queue.async {
        do {
          if round % Self.hour == 0 { try store.refreshGuard() }
          _ = try store.rollUp()
          if round % Self.minute == 0 { try store.removeReplaced() }
          if round % Self.hour == Self.hour - 1 { try repack() }
        } catch {
          logger.warning("upkeep of the record: \(error)")
        }
        done.resume()
      }
    }
  }

  private func repack() throws {
    let hour = Int(Timestamp.current.seconds % 86_400) / 3_600
    let count = try Repacking(store: store).run(least: hour == Self.night ? 1 << 20 : Self.much)
    if count > 0 { logger.info("\(count) packs of the record became one") }
  }
}
