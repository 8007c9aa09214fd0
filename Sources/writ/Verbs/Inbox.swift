import ArgumentParser
import CEL

struct Inbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Lists what waits for you.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await Session.run(in: try repository.place()) { api in
      let tasks = try await api.get("/api/tasks")[items: "items"]
      let approvals = try await api.get("/api/approvals")[items: "items"]
      let moves = try await api.get("/api/moves")[items: "items"]
      return Value.map([
        "person": .string(api.person), "items": .list((approvals + tasks + moves).sorted(by: Self.isMoreUrgent)),
      ])
    }
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    write(answer[items: "items"], answer[text: "person"] ?? "")
  }

  private static func isMoreUrgent(_ left: Value, _ right: Value) -> Bool {
    (left[time: "due"] ?? .latest, left[time: "since"] ?? .latest) < (
      right[time: "due"] ?? .latest, right[time: "since"] ?? .latest
    )
  }

  /// What is asked for, and the verb that answers.
  private static let words: [String: (asked: String, verb: String)] = [
    "approval": ("decision", "approve"), "state": ("move", "move"),
  ]

  private func write(_ items: [Value], _ person: String) {
    guard let first = items.first else { return Terminal.next("nothing waits for \(person)") }
    let times = TimeWords.current
    var table = Table(["INSTANCE", "ASKS FOR", "DUE", "FROM", "SINCE", "STEP"])
    for item in items {
      let due = item[time: "due"]
      table.add([
        Table.Cell(item[text: "instance"] ?? "", { Style.bold($0) }),
        Table.Cell(Self.words[item[text: "type"] ?? ""]?.asked ?? "task"),
        Table.Cell(due.map(times.due) ?? "", { due.map { $0 < times.now } == true ? Style.bad($0) : $0 }),
        Table.Cell(item[text: "initiator"] ?? ""), Table.Cell(item[time: "since"].map(times.relative) ?? ""),
        Table.Cell(item[text: "title"] ?? ""),
      ])
    }
    table.write()
    let number = first[text: "instance"]?.split(separator: "-").last.map(String.init) ?? ""
    let verb = Self.words[first[text: "type"] ?? ""]?.verb ?? "complete"
    Terminal.next("\nlook: writ show \(number)   answer: writ \(verb) \(number)")
  }
}
