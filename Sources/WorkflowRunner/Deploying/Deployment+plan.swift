import WorkflowEngine
import WorkflowFiles

extension DeployPlan {
  init(refusing report: DeployReport) { self.init(report: report, people: People(), settings: Settings()) }

  /// What a commit that is not deployed changes all the same: a `people.yaml` that only takes authority away is in force, and what
  /// loses its approvers by it is blocked.
  init(refusing report: DeployReport, of checked: CheckedRepository, on deployment: Deployment) {
    self.init(refusing: report)
    let isSound = !checked.findings.contains { $0.severity == .error && $0.place.file == Self.people }
    var people = checked.people
    people.owners = deployment.people.owners
    guard isSound, deployment.commit != nil, let text = checked.files[Self.people],
      people.onlyTakesAuthority(from: deployment.people)
    else { return }
    self.people = people
    self.report.takesAuthority = true
    self.report.findings.insert("people.yaml takes authority away, which is in force; the rest is not deployed", at: 0)
    base = deployment.commit
    files = [Self.people: text]
  }

  private static let people = "people.yaml"

  /// What a checked commit makes of what is deployed: a new version for each workflow whose meaning changed.
  init(_ report: DeployReport, of checked: CheckedRepository, on deployment: Deployment) {
    self.init(report: report, people: checked.people, settings: checked.settings)
    base = deployment.commit
    files = checked.files
    for (name, workflow) in checked.workflows.sorted(by: { $0.key < $1.key }) {
      guard deployment.workflow(name)?.workflow.meaning != workflow.meaning else { continue }
      let version = workflow.nextVersion(after: deployment.versions)
      let text = checked.files["workflows/\(name).yaml"] ?? []
      newVersions.append((DeployedWorkflow(workflow: workflow, version: version, digest: Hex.sha256(text)), text))
      self.report.versions[name] = version
    }
    let renamed = Set(checked.workflows.values.compactMap(\.renamedFrom))
    self.report.retired = deployment.current.keys.filter { checked.workflows[$0] == nil && !renamed.contains($0) }
      .sorted()
  }
}
