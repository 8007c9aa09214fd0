import ArgumentParser
import CEL

struct Comment: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Says something about an instance, for the record.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var instance: WorkArgument
  @Argument(help: "What you have to say.") var text: String

  func run() async throws {
    var body: ValueMap = ["text": .string(text)]
    body["step"] = instance.step.map { .string($0) }
    try await Act("comments", body).run(instance.id, in: repository, writing, output)
  }
}
