import WorkflowEngine
import WorkflowFiles

extension DeployPlan {
  /// What a checked commit makes of what is deployed: a new version for each workflow whose meaning changed.
  init(_ report: DeployReport, of checked: CheckedRepository, on deployment: Deployment) {
    self.init(report: report, people: checked.people, settings: checked.settings)
    base = deployment.commit
    files = checked.files
    for (name, workflow) in checked.workflows.sorted(by: { $0.key < $1.key }) {
      guard deployment.workflow(name)?.workflow.meaning != workflow.meaning else { continue }
      let version = (deployment.versions[name]?.keys.max() ?? 0) + 1
      let text = checked.files["workflows/\(name).yaml"] ?? []
      newVersions.append((DeployedWorkflow(workflow: workflow, version: version, digest: Hex.sha256(text)), text))
      self.report.versions[name] = version
    }
    self.report.retired = deployment.current.keys.filter { checked.workflows[$0] == nil }.sorted()
  }
}
