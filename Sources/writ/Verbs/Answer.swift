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
    let key = writing.key
    let receipt = try await Session.run(in: try repository.place()) { api in
      let approval = try await Work.find(work.id, .approval, step: work.step, api)
      var body: ValueMap = ["text": .string(text)]
      body["question"] = question.map { .int(Int64($0)) }
      return try await api.post("\(approval.path)/answers", body, key: key)
    }
    Receipt(receipt).write(as: output)
  }
}
