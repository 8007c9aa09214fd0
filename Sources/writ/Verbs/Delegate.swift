import ArgumentParser
import CEL

struct Delegate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lends your seat in an approval to somebody, or takes it back.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Option(help: "A handle of people.yaml.") var to: String?
  @Flag(help: "Take the seat back.") var back = false

  func validate() throws {
    guard (to != nil) != back else { throw ValidationError("say either --to PERSON or --back") }
  }

  func run() async throws {
    let body: ValueMap = to.map { ["to": .string($0)] } ?? [:]
    try await Act("delegations", body).run(onApproval: work, in: repository, writing, output)
  }
}
