package import CEL
package import WorkflowEngine

/// The scenarios of a repository, each played on the version of the working tree or commit that was checked.
package struct ScenarioSuite: Sendable {
  /// One scenario and how it went.
  package struct Played: Sendable {
    package var workflow: String
    package var name: String
    /// Empty: it went as the story tells.
    package var findings: [Finding]
  }
  /// In the order of files and scenarios.
  package private(set) var played: [Played] = []
  /// Mistakes in the files of scenarios themselves.
  package private(set) var findings: [Finding] = []
  /// By workflow; only those that have scenarios.
  package private(set) var coverage: [String: Coverage] = [:]

  package var failures: [Finding] { (findings + played.flatMap(\.findings)).sorted() }

  private static let ending = ".test.yaml"

  /// - Parameters:
  ///   - only: paths of files of scenarios; empty: all.
  ///   - zones: the rules of time zones, by name.
  package init(
    of checked: CheckedRepository, only: Set<String> = [], zones: @escaping @Sendable (String) -> ZoneRules?
  ) {
    let broken = Set(checked.findings.filter { $0.severity == .error }.map(\.place.file))
    let policy = Policy(people: checked.people, settings: checked.settings, zones: zones)
    for (path, bytes) in checked.files.sorted(by: { $0.key < $1.key })
    where path.hasSuffix(Self.ending) && (only.isEmpty || only.contains(path)) {
      let name = String(path.dropFirst("workflows/".count).dropLast(Self.ending.count))
      guard let workflow = checked.workflows[name] else {
        guard checked.files["workflows/\(name).yaml"] == nil else { continue }
        findings.append(
          Finding(
            "W092", .error, "there is no workflow '\(name)' for these scenarios", at: Finding.Place(file: path),
            hint: "put them beside workflows/\(name).yaml, or remove them"))
        continue
      }
      guard !broken.contains("workflows/\(name).yaml") else { continue }
      play(ScenarioReader.read(bytes, file: path, of: workflow), in: checked.stage(for: workflow, under: policy))
    }
  }

  private mutating func play(_ file: ReadFile<[Scenario]>, in context: Context) {
    findings += file.findings
    guard let scenarios = file.soundContent else { return }
    let workflow = context.definition.workflow
    var coverage = Coverage(of: workflow)
    for (number, scenario) in scenarios.enumerated() {
      let run = ScenarioRun(scenario, in: context)
      coverage.add(run.entries)
      let diagnostics = run.failures.map { failure in
        Diagnostic(
          "W091", .error, failure.message, at: ["scenarios", .index(number)] + failure.path, hint: failure.hint)
      }
      played.append(Played(workflow: workflow.name, name: scenario.name, findings: file.locate(diagnostics)))
    }
    self.coverage[workflow.name] = coverage
  }
}

extension CheckedRepository {
  /// What scenarios of the workflow are played with.
  package func stage(for workflow: Workflow, under policy: Policy) -> Context {
    Context(
      now: .latest, definition: deployed(workflow), policy: policy, callee: { workflows[$0].map(deployed) },
      digest: { Hex.sha256($0) }, seal: \.sealedOpenly)
  }

  /// As the first version that is ever deployed.
  fileprivate func deployed(_ workflow: Workflow) -> DeployedWorkflow {
    let text = files["workflows/\(workflow.name).yaml"] ?? []
    return DeployedWorkflow(workflow: workflow, version: 1, digest: Hex.sha256(text))
  }
}
