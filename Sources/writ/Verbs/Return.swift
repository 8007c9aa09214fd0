import ArgumentParser

struct Return: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Sends what you are asked to decide back for revision.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var signing: SigningOption
  @OptionGroup var work: WorkArgument
  @Option(name: .shortAndLong, help: "What is missing.") var reason: String

  func run() async throws {
    try await Deciding(decision: "return", reason: reason).run(work, in: repository, writing, signing, output)
  }
}
