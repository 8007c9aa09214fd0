import ArgumentParser
import CEL

struct Complete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Completes a task that waits for you.",
    discussion: """
      Fields that are left out stay as the form begins. For example: writ complete 42 --outcome taken_in -i received=12
      """)

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @OptionGroup var work: WorkArgument
  @Option(help: "Which way it ended, where there is a choice.") var outcome: String?
  @OptionGroup var input: InputOption

  func run() async throws {
    let key = writing.key
    let receipt = try await Session.run(in: try repository.place()) { api in
      let task = try await Work.find(work.id, .task, step: work.step, api)
      let prefill = task.item["prefill"]?.mapValue ?? [:]
      var body: ValueMap = ["result": .map(prefill.merging(try input.value(for: task.item["form"])))]
      body["outcome"] = try outcome(of: task).map { .string($0) }
      return try await api.post("\(task.path)/complete", body, key: key)
    }
    Receipt(receipt).write(as: output)
  }

  private func outcome(of task: Work) throws -> String? {
    let choices = task.item[items: "outcomes"].compactMap(\.stringValue)
    if outcome == nil, choices.count > 1 {
      throw Complaint(
        .usage, "\(task.id) can end in several ways",
        hint: "say which: " + choices.map { "--outcome \($0)" }.joined(separator: " or "))
    }
    return outcome
  }
}
