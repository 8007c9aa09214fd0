import CEL
import HashTreeCollections
package import Logging
package import ServiceLifecycle
import WorkflowEngine

/// Fires timers: for every instance with a due one it submits a `tick`.
package struct Timekeeper: Service {
  private let runner: Runner
  private let logger: Logger
  /// Submitted at once.
  private static let width = 256

  package init(runner: Runner, logger: Logger) {
    self.runner = runner
    self.logger = logger
  }

  package func run() async {
    for await _ in ticks(of: runner, every: .milliseconds(500)).cancelOnGracefulShutdown() { await fireDue() }
  }

  /// Fires everything that is due now; errands that the process before this one left are taken up by any request.
  package func fireDue() async {
    let now = runner.clock()
    await settleMessages(now)
    if !runner.snapshot.errands.isEmpty { _ = try? await runner.submit(Request(by: "system:timer", .advance)) }
    await together(runner.agenda.takeTimers(in: runner.snapshot, until: now)) { number in
      do throws(SubmitError) {
        _ = try await runner.submit(Request(by: "system:timer", .act(number, .tick)))
      } catch {
        logger.warning("a timer of instance \(number) could not fire: \(error)")
        runner.agenda.postpone(number, .timer, to: now.adding(.seconds(5)))
      }
    }
  }

  /// Messages that nobody waited for in time become unclaimed; thirty days after they came they are forgotten.
  private func settleMessages(_ now: Timestamp) async {
    await together(runner.agenda.take(.message, until: now).sorted()) { number in
      do throws(SubmitError) {
        _ = try await runner.submit(Request(by: "system:timer", .settle(message: number)))
      } catch {
        logger.warning("message \(number) could not be put away: \(error)")
        runner.agenda.postpone(number, .message, to: now.adding(.seconds(5)))
      }
    }
  }

  /// Many at a time, so that what is due at the same moment shares its commits.
  private func together(_ numbers: [Int], _ body: @escaping @Sendable (Int) async -> Void) async {
    await withDiscardingTaskGroup { group in
      for first in numbers.indices.prefix(Self.width) {
        group.addTask {
          for place in stride(from: first, to: numbers.count, by: Self.width) { await body(numbers[place]) }
        }
      }
    }
  }
}
