import ArgumentParser

struct Reject: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Rejects what you are asked to decide.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var signing: SigningOption
  @OptionGroup var work: WorkArgument
  @Option(name: .shortAndLong, help: "Why; told to whoever asked.") var reason: String

  func run() async throws {
    try await Deciding(decision: "reject", reason: reason).run(work, in: repository, writing, signing, output)
  }
}
