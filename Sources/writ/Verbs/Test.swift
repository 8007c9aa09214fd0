import ArgumentParser
import CEL
import Foundation
import WorkflowEngine
import WorkflowFiles
import WorkflowReports

struct Test: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays the scenarios beside the workflows, and says what they cover.",
    discussion: """
      finance/expense-approval.test.yaml holds the scenarios of finance/expense-approval.yaml. They are played on the engine \
      itself, with simulated time and services that answer as the scenario tells. Ends with 1 when one goes otherwise.
      """)

  @OptionGroup var repository: RepositoryOption
  @Argument(help: "Only these files, or folders, of scenarios.") var paths: [String] = []
  @Option(help: "pretty, compact, json, github, gitlab, sarif, junit or markdown.") var format: FindingFormat = .pretty
  @Option(help: "A folder for a picture of each workflow, with what no scenario reaches.") var coverageOut: String?

  func run() async throws {
    let folder = repository.definitions
    let checked = try RepositoryCheck.check(FolderTree(folder))
    let zones = SystemZones()
    let suite = ScenarioSuite(of: checked, only: try chosen(of: checked, folder), zones: { zones.rules($0) })
    guard !suite.played.isEmpty || !suite.findings.isEmpty else {
      throw Complaint(
        .notFound, "there are no scenarios here",
        hint: "write one beside a workflow: workflows/<name>.test.yaml (docs/testing.md)")
    }
    if format == .pretty { tell(suite) }
    let text = format.render(
      suite.failures, files: Set(suite.failures.map(\.place.file)).sorted(), colour: Style.isColoured(.standardOutput))
    if !text.isEmpty { Terminal.outExactly(text.hasSuffix("\n") ? text : text + "\n") }
    if format == .pretty { summarise(suite) }
    if let coverageOut { try draw(suite, checked, to: coverageOut) }
    if checked.hasErrors { Terminal.next("workflows with errors were left out: writ check") }
    if !suite.failures.isEmpty || checked.hasErrors { throw ExitStatus.refused }
  }

  private func chosen(of checked: CheckedRepository, _ folder: String) throws -> Set<String> {
    let all = checked.files.keys.filter { $0.hasSuffix(".test.yaml") }
    return try Set(
      paths.flatMap { path in
        let inside = URL(fileURLWithPath: path).standardizedFileURL.path
        let name = inside.hasPrefix(folder + "/") ? String(inside.dropFirst(folder.count + 1)) : path
        let found = all.filter { $0 == name || $0.hasPrefix(name + "/") || $0 == "workflows/\(name).test.yaml" }
        guard !found.isEmpty else {
          throw Complaint(
            .notFound, "there are no scenarios at '\(path)'", hint: Nearest.hint(for: name, among: all.sorted()))
        }
        return found
      })
  }

  private func tell(_ suite: ScenarioSuite) {
    for (number, played) in suite.played.enumerated() {
      if number == 0 || suite.played[number - 1].workflow != played.workflow {
        Terminal.out(Style.bold(played.workflow))
      }
      Terminal.out("  \(played.findings.isEmpty ? Style.good("ok  ") : Style.bad("FAIL"))  \(played.name)")
    }
    if !suite.failures.isEmpty { Terminal.out("") }
  }

  private func summarise(_ suite: ScenarioSuite) {
    Terminal.out("")
    for (name, coverage) in suite.coverage.sorted(by: { $0.key < $1.key }) {
      Terminal.out("\(name): \(coverage.summary)")
      if !coverage.missedSteps.isEmpty {
        Terminal.out(Style.quiet("  never reached: \(coverage.missedSteps.joined(separator: ", "))"))
      }
      let ways = coverage.missedWays.filter { !coverage.missedSteps.contains($0.from) }
      if !ways.isEmpty {
        Terminal.out(Style.quiet("  never taken:   " + ways.map { "\($0.from) -> \($0.to)" }.joined(separator: ", ")))
      }
    }
    let failed = suite.played.count { !$0.findings.isEmpty }
    let verdict = failed > 0 ? "\(failed) \(failed == 1 ? "goes" : "go") otherwise" : "all as told"
    Terminal.out("\(Words.count(suite.played.count, "scenario")) played" + (suite.played.isEmpty ? "" : ", \(verdict)"))
  }

  private func draw(_ suite: ScenarioSuite, _ checked: CheckedRepository, to folder: String) throws {
    for (name, coverage) in suite.coverage.sorted(by: { $0.key < $1.key }) {
      guard let workflow = checked.workflows[name] else { continue }
      let file = URL(fileURLWithPath: folder, isDirectory: true).appending(path: "\(name).svg")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(Graph(workflow).marked(by: coverage).svg(GraphDrawing(isStandalone: true)).bytes).write(to: file)
      Terminal.note("\(folder)/\(name).svg")
    }
  }
}
