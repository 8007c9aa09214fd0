import CEL
import GitStore
import WorkflowRunner

extension Scene {
  /// The real runner, over a record in memory.
  static func runner() throws -> Runner {
    try Runner(store: MemoryStore(), newRepository: "tests", clock: { now }, zones: { _ in nil })
  }
}
