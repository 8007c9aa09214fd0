import WorkflowEngine
import WorkflowFiles

extension Deployment {
  static let reportsKept = 50

  /// Makes a checked plan live, or keeps the report of a refused commit.
  mutating func apply(_ plan: DeployPlan) {
    reports.insert(plan.report, at: 0)
    if reports.count > Self.reportsKept { reports.removeLast() }
    guard plan.report.isInForce else { return }
    commit = plan.report.commit
    at = plan.report.at
    people = plan.people
    guard plan.report.isDeployed else { return }
    settings = plan.settings
    for (definition, _) in plan.newVersions {
      versions[definition.workflow.name, default: [:]][definition.version] = definition
      current[definition.workflow.name] = definition.version
      if let former = definition.workflow.renamedFrom { current[former] = nil }
    }
    for name in plan.report.retired { current[name] = nil }
  }
}
