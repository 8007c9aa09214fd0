import ArgumentParser
import CEL

struct Reopen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Has an open approval asked anew, of those who are selected now.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String

  func run() async throws {
    var body: ValueMap = [:]
    body["step"] = work.step.map { .string($0) }
    body["reason"] = .string(reason)
    try await Act("reopen", body).run(work.id, in: repository, writing, output)
  }
}
