import ArgumentParser
import CEL

struct Cancel: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cancels an instance: its open work goes away, its story stays.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @Argument(help: "42, or expense-approval-42.") var id: String
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String

  func run() async throws {
    let body: ValueMap = ["reason": .string(reason)]
    try await Act("cancel", body).run(id, in: repository, writing, output)
  }
}
