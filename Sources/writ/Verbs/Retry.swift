import ArgumentParser
import CEL

struct Retry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Has a stuck step tried again.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String?

  func run() async throws {
    var body: ValueMap = [:]
    body["step"] = work.step.map { .string($0) }
    body["reason"] = reason.map { .string($0) }
    try await Act("retry", body).run(work.id, in: repository, writing, output)
  }
}
