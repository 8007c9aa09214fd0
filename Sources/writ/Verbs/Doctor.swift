import ArgumentParser
import CEL

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what is missing or wrong here, and the command that mends it.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let findings = Examination(folder: repository.folder).findings
    if output.json {
      let items: Value = ["items": .list(findings.map(\.json))]
      Terminal.out(items.versioned.prettyJSON)
    } else {
      for finding in findings { finding.write() }
    }
    if findings.contains(where: { $0.verdict == .bad }) { throw ExitStatus.refused }
  }
}
