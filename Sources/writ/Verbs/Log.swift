import ArgumentParser
import CEL

struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Tells the story of an instance, event by event.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @Argument(help: "42, or expense-approval-42.") var id: String

  func run() async throws {
    let answer = try await Session.run(in: try repository.place()) { api in
      try await api.get("/api/instances/\(API.escaped(id))/timeline")
    }
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    for item in answer[items: "items"] { Self.write(item) }
  }

  /// `2026-11-22 10:05  Alice approved ...`
  static func write(_ item: Value) {
    let at = item[time: "at"].map(TimeWords.moment) ?? ""
    let words = Table.oneLine(item[text: "text"] ?? item[text: "event"] ?? "")
    Terminal.out("\(Style.quiet(at))  \(Table.fitted(words, max(Terminal.width - 18, 20)))")
  }
}
