import ArgumentParser
import CEL

struct Suspend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Holds an instance: nothing moves until it is resumed.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @Argument(help: "42, or expense-approval-42.") var id: String
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String?

  func run() async throws {
    let body: ValueMap = reason.map { ["reason": .string($0)] } ?? [:]
    try await Act("suspend", body).run(id, in: repository, writing, output)
  }
}
