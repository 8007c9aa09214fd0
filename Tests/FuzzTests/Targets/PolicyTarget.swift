import CEL
import WorkflowEngine
import WorkflowFiles

enum PolicyTarget {
  /// The bytes stand for each of the files once.
  private static let paths = ["people.yaml", "writ.yaml", "calendars/days.ics", "CODEOWNERS"]

  static func fault(_ bytes: [UInt8]) -> String? {
    for path in paths {
      var company = Company.usual
      company.texts[path] = bytes
      guard let checked = try? RepositoryCheck.check(company) else { return "a company in memory could not be read" }
      if let fault = Findings.fault(checked.findings, of: path, bytes) { return fault }
    }
    let scenarios = ScenarioReader.read(bytes, file: "sample.test.yaml", of: workflow)
    if let fault = Findings.fault(scenarios.findings, of: "sample.test.yaml", bytes) { return fault }
    _ = InboxReader.read(bytes)
    _ = InboxReader.facts(bytes)
    return nil
  }

  private static let workflow: Workflow = {
    let text = """
      writ: 1
      title: Sample
      owner: role:admin
      access: {start: [role:employee]}
      vars: {count: 0}
      start: ask
      steps:
        ask: {type: task, title: Ask, assignees: [initiator], then: pay}
        pay: {type: service, uses: http, with: {method: GET, url: https://example.org}, then: done}
        done: {type: end}

      """
    let file = WorkflowReader.read(Array(text.utf8), file: "sample.yaml", name: "sample")
    guard let workflow = file.soundContent else { preconditionFailure("\(file.findings)") }
    return workflow
  }()
}
