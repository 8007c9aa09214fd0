import ArgumentParser
import CEL

struct Answer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Answers a question that somebody who decides put to you.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Argument(help: "Your answer; kept for ever.") var text: String
  @Option(help: "The number of the question, where several wait for you.") var question: Int?

  func run() async throws {
    var body: ValueMap = ["text": .string(text)]
    body["question"] = question.map { .int(Int64($0)) }
    try await Act("answers", body).run(onApproval: work, in: repository, writing, output)
  }
}
