import ArgumentParser
import CEL

struct Resume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Lets a suspended instance go on.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @Argument(help: "42, or expense-approval-42.") var id: String
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String?

  func run() async throws {
    let body: ValueMap = reason.map { ["reason": .string($0)] } ?? [:]
    try await Act("resume", body).run(id, in: repository, writing, output)
  }
}
