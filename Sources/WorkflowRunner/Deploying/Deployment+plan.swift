import WorkflowEngine
import WorkflowFiles

extension Deployment {
  /// Numbers go on under another name.
  fileprivate func highestVersion(of workflow: Workflow) -> Int {
    let names = [workflow.name] + (workflow.renamedFrom.map { [$0] } ?? [])
    return names.compactMap { versions[$0]?.keys.max() }.max() ?? 0
  }
}

extension DeployPlan {
  /// What a checked commit makes of what is deployed: a new version for each workflow whose meaning changed.
  init(_ report: DeployReport, of checked: CheckedRepository, on deployment: Deployment) {
    self.init(report: report, people: checked.people, settings: checked.settings)
    base = deployment.commit
    files = checked.files
    for (name, workflow) in checked.workflows.sorted(by: { $0.key < $1.key }) {
      guard deployment.workflow(name)?.workflow.meaning != workflow.meaning else { continue }
      let version = deployment.highestVersion(of: workflow) + 1
      let text = checked.files["workflows/\(name).yaml"] ?? []
      newVersions.append((DeployedWorkflow(workflow: workflow, version: version, digest: Hex.sha256(text)), text))
      self.report.versions[name] = version
    }
    let renamed = Set(checked.workflows.values.compactMap(\.renamedFrom))
    self.report.retired = deployment.current.keys.filter { checked.workflows[$0] == nil && !renamed.contains($0) }
      .sorted()
  }
}
