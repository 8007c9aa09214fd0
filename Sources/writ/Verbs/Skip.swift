import ArgumentParser
import CEL

struct Skip: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Goes on as if a stuck step had ended.",
    discussion: "Approvals cannot be skipped: nobody gets around a decision.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String
  @Option(help: "The outcome that it leaves by, where there is a choice.") var outcome: String?
  @OptionGroup var input: InputOption

  func run() async throws {
    var body: ValueMap = ["reason": .string(reason)]
    body["step"] = work.step.map { .string($0) }
    body["outcome"] = outcome.map { .string($0) }
    let result = try input.value(for: nil)
    if !result.isEmpty { body["result"] = .map(result) }
    try await Act("skip", body).run(work.id, in: repository, writing, output)
  }
}
