import ArgumentParser
import CEL

struct Ask: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Asks somebody a question before you decide.",
    discussion: "Nothing waits for the answer: due dates go on, and you may decide without it.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Argument(help: "What you want to know.") var text: String
  @Option(help: "Whom you ask, a handle of people.yaml; whoever started it where you name nobody.") var of: String?

  func run() async throws {
    var body: ValueMap = ["text": .string(text)]
    body["of"] = of.map { .string($0) }
    try await Act("questions", body).run(onApproval: work, in: repository, writing, output)
  }
}
