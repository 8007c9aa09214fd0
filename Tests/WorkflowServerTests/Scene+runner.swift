import CEL
import WorkflowRunner

extension Scene {
  static func runner() throws -> Runner {
    Runner(clock: { now }, zones: { _ in nil })
  }
}
