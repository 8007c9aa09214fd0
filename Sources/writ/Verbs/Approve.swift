import ArgumentParser

struct Approve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Approves what you are asked to decide.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var signing: SigningOption
  @OptionGroup var work: WorkArgument
  @Option(name: .shortAndLong, help: "A remark that is kept with the decision.") var comment: String?

  func run() async throws {
    try await Deciding(decision: "approve", reason: comment).run(work, in: repository, writing, signing, output)
  }
}
