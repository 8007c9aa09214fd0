import ArgumentParser
import CEL

struct Start: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Starts an instance of a workflow.",
    discussion: "For example: writ start expense-approval -i amount=120.50 -i category=travel")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @Argument(help: "Its path below workflows/, or the last part of it.") var workflow: String
  @OptionGroup var input: InputOption

  func run() async throws {
    let key = writing.key
    let receipt = try await Session.run(in: try repository.place()) { api in
      let schema = try await api.get("/api/workflows/\(API.escaped(workflow))")["input"]
      let value = try input.value(for: schema)
      return try await api.post("/api/instances", ["workflow": .string(workflow), "input": .map(value)], key: key)
    }
    Receipt(receipt).write(as: output)
  }
}
