import ArgumentParser
import CEL
import Foundation
import WorkflowEngine
import WorkflowFiles
import WorkflowReports

struct Render: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws the workflows: an HTML page, an SVG picture and a Mermaid text each.")

  @OptionGroup var repository: RepositoryOption
  @Option(help: "The folder that they go to; it is made where it is missing.") var out = "rendered"
  @Argument(help: "Only these workflows.") var workflows: [String] = []

  func run() async throws {
    let folder = (try? repository.place())?.folder ?? repository.folder
    let checked = try RepositoryCheck.check(FolderTree(folder))
    let chosen = try chosen(of: checked)
    let target = URL(fileURLWithPath: out, isDirectory: true)
    for (name, data) in Gallery(checked: checked, workflows: chosen).files {
      let file = target.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file)
    }
    for workflow in chosen { Terminal.out("\(out)/\(workflow.name).html") }
    if checked.hasErrors { Terminal.next("some files have errors and may look wrong: writ check") }
  }

  private func chosen(of checked: CheckedRepository) throws -> [Workflow] {
    let all = checked.workflows.values.sorted { $0.name < $1.name }
    guard !all.isEmpty else { throw Complaint(.notFound, "there are no workflows here", hint: "begin with: writ init") }
    return try workflows.isEmpty
      ? all
      : workflows.map { name in
        guard let found = all.first(where: { $0.name == name || $0.shortName == name }) else {
          throw Complaint(
            .notFound, "no workflow is named '\(name)'", hint: Nearest.hint(for: name, among: all.map(\.name)))
        }
        return found
      }
  }
}
