package import CEL
package import WorkflowEngine
package import WorkflowFiles

/// What is live: the policy and the versions of every workflow, as at a commit of the deploy branch.
package struct Deployment: Sendable {
  /// Hex id; `nil` before the first deployment.
  package var commit: String?
  package var at: Timestamp?
  package var people = People()
  package var settings = Settings()
  /// Every version ever deployed that is still needed or current, by workflow and number.
  package var versions: [String: [Int: DeployedWorkflow]] = [:]
  /// The version that new instances start on; a retired workflow has none.
  package var current: [String: Int] = [:]
  /// The latest deployments and refusals, newest first: where people look.
  package var reports: [DeployReport] = []

  package init() {}

  /// A workflow by its path, or by one that it had before.
  package func workflow(_ name: String) -> DeployedWorkflow? {
    let live = current[name] == nil ? current.keys.first { formerNames(of: $0).contains(name) } : name
    return live.flatMap { live in current[live].flatMap { versions[live]?[$0] } }
  }

  /// A workflow by its path or its last segment, which is unique, of now or of before.
  package func workflow(named name: String) -> DeployedWorkflow? {
    let ending = "/" + name
    if let live = current[name] != nil ? name : current.keys.first(where: { $0.hasSuffix(ending) }) {
      return workflow(live)
    }
    return workflow(name)
      ?? current.keys.first { formerNames(of: $0).contains { $0.hasSuffix(ending) } }.flatMap { workflow($0) }
  }

  /// What a workflow is called now and was called before, the latest name first.
  package func names(of name: String) -> [String] { [name] + formerNames(of: name) }

  /// What a workflow was called before, as its files say, the latest name first.
  package func formerNames(of name: String) -> [String] {
    var names: [String] = []
    var last = name
    while let earlier = earlierName(of: last), current[earlier] == nil, !names.contains(earlier) {
      names.append(earlier)
      last = earlier
    }
    return names
  }

  private func earlierName(of name: String) -> String? {
    versions[name]?.values.filter { $0.workflow.renamedFrom != nil }.max { $0.version < $1.version }?.workflow
      .renamedFrom
  }

  package func workflow(of instance: Instance) -> DeployedWorkflow? {
    versions[instance.workflow]?[instance.version]
  }
}

/// A checked commit, ready to become live in one command.
package struct DeployPlan: Sendable {
  package var report: DeployReport
  package var people: People
  package var settings: Settings
  /// Hex id of what was deployed when this was planned: its versions follow on that, and on nothing else.
  package var base: String?
  /// New versions and the exact text of each.
  package var newVersions: [(workflow: DeployedWorkflow, text: [UInt8])] = []
  /// Files under `deployed/`, by path in the commit: everything at it; `people.yaml` where only that is in force. Empty for a
  /// refusal.
  package var files: [String: [UInt8]] = [:]

  package init(report: DeployReport, people: People, settings: Settings) {
    self.report = report
    self.people = people
    self.settings = settings
  }
}
