import CEL
import GitStore
import WorkflowRunner

extension Scene {
  /// The real runner, over a record in memory.
  static func runner(_ clock: @escaping @Sendable () -> Timestamp = { now }) throws -> Runner {
    try Runner(store: MemoryStore(), newRepository: "tests", clock: clock, zones: { _ in nil })
  }
}
