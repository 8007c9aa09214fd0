package import CEL

/// Everything that a decision needs from outside; the engine has no clock, no files and no randomness of its own.
package struct Context: Sendable {
  package var now: Timestamp
  /// The definition that the instance is pinned to.
  package var definition: DeployedWorkflow
  package var policy: Policy
  /// The version of a workflow that is deployed now.
  package var callee: @Sendable (String) -> DeployedWorkflow?
  /// SHA-256 of bytes, in hex.
  package var digest: @Sendable ([UInt8]) -> String
  /// Seals what a schema marks `sensitive`.
  package var seal: @Sendable (Value) -> Value

  package init(
    now: Timestamp, definition: DeployedWorkflow, policy: Policy,
    callee: @escaping @Sendable (String) -> DeployedWorkflow? = { _ in nil },
    digest: @escaping @Sendable ([UInt8]) -> String, seal: @escaping @Sendable (Value) -> Value
  ) {
    self.now = now
    self.definition = definition
    self.policy = policy
    self.callee = callee
    self.digest = digest
    self.seal = seal
  }
}

/// A version of a workflow that is live. A class, because it never changes and every decision passes it on.
package final class DeployedWorkflow: Sendable {
  package let workflow: Workflow
  package let version: Int
  /// SHA-256 of the exact text, in hex.
  package let digest: String
  package let types: WorkflowTypes

  package init(workflow: Workflow, version: Int, digest: String) {
    self.workflow = workflow
    self.version = version
    self.digest = digest
    types = WorkflowTypes(of: workflow)
  }
}

extension Workflow {
  /// Numbers go on under another name.
  package func nextVersion(after versions: [String: [Int: DeployedWorkflow]]) -> Int {
    let names = [name] + (renamedFrom.map { [$0] } ?? [])
    return (names.compactMap { versions[$0]?.keys.max() }.max() ?? 0) + 1
  }
}

/// What holds for the whole repository at the deployed commit. A class for the same reason.
package final class Policy: Sendable {
  package let people: People
  package let settings: Settings
  package let zones: @Sendable (String) -> ZoneRules?

  package init(people: People, settings: Settings, zones: @escaping @Sendable (String) -> ZoneRules?) {
    self.people = people
    self.settings = settings
    self.zones = zones
  }
}
