import CEL
import WorkflowEngine

extension Bench {
  /// Deploys a later version that says what becomes of running instances.
  mutating func deploy(
    _ steps: [Step]? = nil, start: StepID? = nil, _ change: (inout Workflow) -> Void = { _ in },
    by migration: (inout Migration) -> Void = { _ in }
  ) {
    var next = workflow
    if let steps {
      next.steps = steps
      next.start = start ?? steps[0].id
      next.index()
    }
    change(&next)
    var written = Migration()
    migration(&written)
    next.migration = written
    callees[next.name] = DeployedWorkflow(workflow: next, version: 2, digest: "d2")
  }

  /// The instance follows; from now on it is decided under the version that it is on.
  @discardableResult
  mutating func follow() throws -> [Event] {
    let events = try take(.follow, by: "system:deployer")
    if let next = callees[workflow.name] { workflow = next.workflow }
    return events
  }

  /// Why it does not fit; nothing has changed then.
  mutating func misfits() -> [String] {
    let before = instance
    do {
      try follow()
      return []
    } catch {
      precondition(instance == before)
      return (error as? Rejection)?.violations.map(\.message) ?? []
    }
  }

  func visit(_ step: StepID) -> Visit? { state.visits.first { $0.step == step } }
}

extension [Event] {
  var migrated: Migrated? { lazy.compactMap { if case .migrated(let it) = $0 { it } else { nil } }.first }
}
