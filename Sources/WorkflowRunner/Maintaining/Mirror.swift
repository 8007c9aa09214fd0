package import CEL
package import GitStore
package import Logging
package import ServiceLifecycle
import Synchronization
import WorkflowEngine

/// Pushes the record to the repository that `mirror` in `writ.yaml` names: one branch, never forced. A refusal is an alarm,
/// because only somebody who rewrote one of the two can have caused it.
package final class Mirror: Service {
  private let runner: Runner
  private let store: StateStore
  private let logger: Logger
  private let state = Mutex(State())
  static let period: Duration = .seconds(10)
  /// A network that is away for a moment alarms nobody.
  static let patience: Duration = .seconds(60)

  private struct State {
    var address: String?
    /// Number of the last batch that the mirror is known to have.
    var sequence: Int?
    var complaint: String?
    var failingSince: Timestamp?
  }

  /// How the mirror stands.
  package struct Standing: Sendable, Hashable {
    package var address: String
    /// Batches that it does not have yet; nil until the first push.
    package var lag: Int?
    /// Why the last push failed.
    package var complaint: String?
    /// When pushes began to fail.
    package var failingSince: Timestamp?
  }

  package init(runner: Runner, store: StateStore, logger: Logger) {
    self.runner = runner
    self.store = store
    self.logger = logger
  }

  /// `nil` where none is configured.
  package var standing: Standing? {
    let world = runner.snapshot
    guard let address = world.deployment.settings.mirror else { return nil }
    return state.withLock { state in
      guard state.address == address else { return Standing(address: address) }
      return Standing(
        address: address, lag: state.sequence.map { max(0, world.sequence - $0) }, complaint: state.complaint,
        failingSince: state.failingSince)
    }
  }

  /// Tips that somebody else put at the record's ref, and that are kept beside it.
  var foreignTips: [ObjectID] { (try? store.foreignTips()) ?? [] }

  package func run() async {
    for await _ in pulse(every: Self.period).cancelOnGracefulShutdown() { await step() }
  }

  /// Pushes what is new.
  package func step() async {
    let world = runner.snapshot
    guard let address = world.deployment.settings.mirror, store.tip != nil else { return }
    guard state.withLock({ $0.address != address || $0.sequence != world.sequence }) else { return }
    do {
      // What is at the ref now holds at least what the snapshot does.
      try await GitTransport(gitFolder: store.gitFolder).run(
        ["push", "--quiet", "--", address, "\(StateStore.ref):\(StateStore.ref)"])
      note(address, world.sequence, complaint: nil)
    } catch {
      note(address, nil, complaint: "\(error)")
    }
  }

  /// Says so once when it begins to fail, and once when it is well again.
  private func note(_ address: String, _ sequence: Int?, complaint: String?) {
    let now = runner.clock()
    let before = state.withLock { state in
      defer {
        if state.address != address { state = State() }
        state.address = address
        state.sequence = sequence ?? state.sequence
        state.complaint = complaint
        state.failingSince = complaint == nil ? nil : state.failingSince ?? now
      }
      return state.complaint
    }
    if let complaint, before == nil {
      logger.error(
        "the mirror \(Self.withoutPassword(address)) did not take the record; nothing is forced on it: \(complaint)")
    } else if complaint == nil, before != nil {
      logger.info("the mirror \(Self.withoutPassword(address)) has the record again")
    }
  }

  /// Somebody may have written one into the address; a log is no place for it.
  private static func withoutPassword(_ address: String) -> String {
    address.replacing(/:\/\/[^\/@]*@/, with: "://")
  }
}
