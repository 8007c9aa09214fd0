import ArgumentParser
import CEL

struct Withdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes back what you asked for, while it waits for approval.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String?

  func run() async throws {
    var body: ValueMap = [:]
    body["step"] = work.step.map { .string($0) }
    body["reason"] = reason.map { .string($0) }
    try await Act("withdraw", body).run(work.id, in: repository, writing, output)
  }
}
