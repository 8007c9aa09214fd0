package import CEL
package import WorkflowEngine

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
  /// The latest deployments and refusals, newest first.
  package var reports: [DeployReport] = []

  package init() {}

  package func workflow(_ name: String) -> DeployedWorkflow? {
    current[name].flatMap { versions[name]?[$0] }
  }

  /// A workflow by its path, or by its last segment, which is unique.
  package func workflow(named name: String) -> DeployedWorkflow? {
    workflow(name) ?? current.keys.first { $0.hasSuffix("/" + name) }.flatMap { workflow($0) }
  }

  package func workflow(of instance: Instance) -> DeployedWorkflow? {
    versions[instance.workflow]?[instance.version]
  }
}

/// What became of a commit on the deploy branch.
package struct DeployReport: Sendable, Hashable {
  package var commit: String
  package var at: Timestamp
  /// The committer, as git names them.
  package var by: String
  package var subject: String
  package var isDeployed: Bool
  /// New versions: `finance/expense-approval` to 3.
  package var versions: [String: Int]
  package var retired: [String]
  /// Findings, one line each, as `writ check --format compact` prints them.
  package var findings: [String]

  package init(
    commit: String, at: Timestamp, by: String, subject: String, isDeployed: Bool, versions: [String: Int],
    retired: [String], findings: [String]
  ) {
    self.commit = commit
    self.at = at
    self.by = by
    self.subject = subject
    self.isDeployed = isDeployed
    self.versions = versions
    self.retired = retired
    self.findings = findings
  }
}

/// A checked commit, ready to become live in one command.
package struct DeployPlan: Sendable {
  package var report: DeployReport
  package var people: People
  package var settings: Settings
  /// New versions and the exact text of each.
  package var newVersions: [(workflow: DeployedWorkflow, text: [UInt8])]
  /// Files under `deployed/`, by path in the commit: everything at it. Empty for a refusal.
  package var files: [String: [UInt8]]

  package init(
    report: DeployReport, people: People, settings: Settings,
    newVersions: [(workflow: DeployedWorkflow, text: [UInt8])], files: [String: [UInt8]]
  ) {
    self.report = report
    self.people = people
    self.settings = settings
    self.newVersions = newVersions
    self.files = files
  }
}
