import ArgumentParser
import CEL

struct Messages: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists messages that came before anybody waited for them.",
    discussion: "Those that you sent, and those for workflows that you operate or may send messages to.")

  enum Standing: String, CaseIterable, ExpressibleByArgument { case kept, delivered, claimed, unclaimed }

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @Option(help: "kept, delivered, claimed or unclaimed.") var standing = Standing.kept

  func run() async throws {
    let answer = try await Session.run(in: try repository.place()) { api in
      try await api.get("/api/messages", [("standing", standing.rawValue)])
    }
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    let items = answer[items: "items"]
    guard !items.isEmpty else { return Terminal.next("no message is \(standing.rawValue), of those you may know of") }
    let times = TimeWords.current
    var table = Table(["MESSAGE", "EVENT", "KEY", "BY", "CAME", standing == .kept ? "KEPT" : "REACHED"])
    for item in items {
      let reached = item[items: "instances"].compactMap(\.stringValue).joined(separator: ", ")
      table.add([
        Table.Cell(item["number"]?.words ?? "", { Style.bold($0) }), Table.Cell(item[text: "event"] ?? ""),
        Table.Cell(item[text: "key"] ?? ""), Table.Cell(item[text: "by"] ?? ""),
        Table.Cell(item[time: "at"].map(times.relative) ?? ""),
        Table.Cell(
          standing == .kept ? item[time: "until"].map { "for \(times.relative($0).dropFirst(3))" } ?? "" : reached),
      ])
    }
    table.write()
  }
}
