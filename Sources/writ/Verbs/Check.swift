import ArgumentParser
import Foundation
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the definitions and plays their scenarios: everything a pull request should know.",
    discussion: "Reads the working tree, or a commit. Ends with 1 when there are errors.")

  @OptionGroup var repository: RepositoryOption
  @Argument(help: "Only report on these files or folders; everything is checked all the same.") var paths: [String] = []
  @Option(help: "Check this commit instead of the working tree.") var commit: String?
  @Option(help: "Also say what changes its meaning since this commit, and what becomes of what runs.") var base: String?
  @Option(help: "The record that tells what runs, where it does not lie beside the workflows.") var state: String?
  @Flag(help: "Mend what can be mended safely, in the files of the working tree.") var fix = false
  @Option(help: "pretty, compact, json, github, gitlab, sarif, junit or markdown.") var format: FindingFormat = .pretty

  func run() async throws {
    let place = try? repository.place()
    if fix { try mend(place) }
    var checked = try RepositoryCheck.check(try tree(place))
    let zones = SystemZones()
    let scenarios = ScenarioSuite(of: checked, zones: { zones.rules($0) })
    checked.findings = (checked.findings + scenarios.failures).sorted()
    let only = try paths.flatMap { try known($0, checked, place) }
    let findings = only.isEmpty ? checked.findings : checked.findings.filter { only.contains($0.place.file) }
    let files = only.isEmpty ? checked.files.keys.sorted() : only
    let impact = try base.map { try self.impact(since: $0, of: checked, place) }
    let text = format.render(
      findings, files: files, impact: impact?.json, colour: Style.isColoured(.standardOutput))
    if !text.isEmpty { Terminal.outExactly(text.hasSuffix("\n") ? text : text + "\n") }
    if let impact { write(impact, below: !text.isEmpty) }
    summarise(findings, checked, scenarios: scenarios.played.count)
    if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.refused }
  }

  /// Each file that changes is written once, whole.
  private func mend(_ place: Place?) throws {
    guard commit == nil, place?.isBare != true else {
      throw Complaint(.usage, "--fix mends files, and a commit cannot change", hint: "leave out --commit")
    }
    let folder = place?.folder ?? repository.folder
    let tree = FolderTree(folder)
    let only = try paths.isEmpty ? [] : paths.flatMap { try known($0, RepositoryCheck.check(tree), place) }
    let fixed = try RepositoryFix(tree, only: only)
    for (path, bytes) in fixed.edited {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(path)"), options: .atomic)
    }
    for finding in fixed.mended {
      let line = finding.place.start.map { ":\($0.line)" } ?? ""
      let before = finding.place.excerpt?.marked ?? ""
      Terminal.note("mended \(finding.place.file)\(line): \(before) is now \(finding.fix ?? "") (\(finding.code))")
    }
  }

  private func tree(_ place: Place?) throws -> any FileTree {
    guard let commit = commit ?? (place?.isBare == true ? "HEAD" : nil) else {
      return FolderTree(place?.folder ?? repository.folder)
    }
    guard let place else { throw Complaint(.notFound, "there is no git repository at \(repository.folder)") }
    return CommitTree(repository: place.repository, commit: try place.commit(commit))
  }

  /// A path as people type it, from where they stand, as paths of the repository: of a folder, all files below it.
  private func known(_ path: String, _ checked: CheckedRepository, _ place: Place?) throws -> [String] {
    let root = (place?.folder ?? repository.folder) + "/"
    let full = path.hasPrefix("/") ? path : repository.folder + "/" + path
    let relative = full.hasPrefix(root) ? String(full.dropFirst(root.count)) : path
    for candidate in [relative, path] {
      if checked.files[candidate] != nil { return [candidate] }
      let folder = candidate.hasSuffix("/") ? candidate : candidate + "/"
      let below = checked.files.keys.filter { $0.hasPrefix(folder) }.sorted()
      if !below.isEmpty { return below }
    }
    throw Complaint(
      .notFound, "'\(path)' is no file of the workflow repository",
      hint: Nearest.hint(for: relative, among: checked.files.keys.sorted())
        ?? "files are writ.yaml, people.yaml and workflows/**/*.yaml")
  }

  private func impact(since base: String, of checked: CheckedRepository, _ place: Place?) throws -> Impact {
    guard let place else { throw Complaint(.notFound, "there is no git repository at \(repository.folder)") }
    let before = try RepositoryCheck.check(CommitTree(repository: place.repository, commit: try place.commit(base)))
    let record = state ?? (place.hasRecord ? place.state : nil)
    let zones = SystemZones()
    let policy = Policy(people: checked.people, settings: checked.settings, zones: { zones.rules($0) })
    return Impact(
      from: before.workflows, to: checked.workflows, running: try record.map { try Impact.Running(recordAt: $0) },
      trial: checked.hasErrors ? nil : Impact.Trial(now: .current, policy: policy, digest: { Hex.sha256($0) }))
  }

  /// Data where the format is made for people or has it inside; else a remark beside the findings.
  private func write(_ impact: Impact, below findings: Bool) {
    switch format {
    case .markdown: Terminal.outExactly((findings ? "\n" : "") + impact.markdown)
    case .pretty: for line in (findings ? [""] : []) + impact.pretty { Terminal.out(line) }
    case .json: break
    default: for line in impact.pretty { Terminal.note(line) }
    }
  }

  private func summarise(_ findings: [Finding], _ checked: CheckedRepository, scenarios: Int) {
    let (errors, warnings) = (findings.count { $0.severity == .error }, findings.count { $0.severity == .warning })
    let seen =
      checked.files.isEmpty
      ? "nothing to check: no writ.yaml, people.yaml or workflows/ here"
      : "\(Words.count(checked.workflows.count, "workflow")), \(Words.count(checked.people.people.count, "person", "people"))"
        + (scenarios == 0 ? "" : ", \(Words.count(scenarios, "scenario"))")
    let found = [Words.count(errors, "error"), Words.count(warnings, "warning")].joined(separator: ", ")
    Terminal.note(findings.isEmpty ? "\(seen): all in order" : "\(seen): \(found)")
    if let code = findings.first?.code { Terminal.next("more about it: writ explain \(code)") }
  }
}

extension FindingFormat: ExpressibleByArgument {}

/// `1 error`, `3 errors`.
enum Words {
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    number == 1 ? "1 \(one)" : "\(number) \(many ?? one + "s")"
  }
}
