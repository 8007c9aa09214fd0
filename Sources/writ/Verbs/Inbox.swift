import ArgumentParser
import CEL
import GitStore

struct Inbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists what waits for you.",
    discussion: "With --accept-rewrite: lets intake go on where the history of writ/inbox was rewritten.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @Option(help: ArgumentHelp("The commit that the rewritten branch is at, for an operator.", valueName: "commit"))
  var acceptRewrite: String?
  @Option(help: "Why that is right; the record keeps it.") var reason: String?

  func validate() throws {
    guard (acceptRewrite == nil) == (reason == nil) else {
      throw ValidationError("--accept-rewrite and --reason belong together")
    }
  }

  func run() async throws {
    if let acceptRewrite, let reason { return try await accept(acceptRewrite, reason) }
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

  private func accept(_ commit: String, _ reason: String) async throws {
    let place = try repository.place()
    let id = place.repository.resolve(commit)?.description ?? commit
    let receipt = try await Session.run(in: place) { api in
      try await api.post(
        "/api/inbox/acceptances", ["commit": .string(id), "reason": .string(reason)], key: Secret.make())
    }
    if output.json { return Terminal.out(receipt.versioned.prettyJSON) }
    Terminal.out("writ/inbox goes on from \(id.prefix(12)); what was decided only there is decided again")
  }

  private static func isMoreUrgent(_ left: Value, _ right: Value) -> Bool {
    (left[time: "due"] ?? .latest, left[time: "since"] ?? .latest) < (
      right[time: "due"] ?? .latest, right[time: "since"] ?? .latest
    )
  }

  /// What is asked for, and the verb that answers.
  private static func words(_ item: Value) -> (asked: String, verb: String) {
    switch item[text: "type"] {
    case "approval" where item["question"] != nil: ("answer", "answer")
    case "approval": ("decision", "approve")
    case "state": ("move", "move")
    default: ("task", "complete")
    }
  }

  private func write(_ items: [Value], _ person: String) {
    guard let first = items.first else { return Terminal.next("nothing waits for \(person)") }
    let times = TimeWords.current
    var table = Table(["INSTANCE", "ASKS FOR", "DUE", "FROM", "SINCE", "STEP"])
    for item in items {
      let due = item[time: "due"]
      table.add([
        Table.Cell(item[text: "instance"] ?? "", { Style.bold($0) }),
        Table.Cell(Self.words(item).asked),
        Table.Cell(due.map(times.due) ?? "", { due.map { $0 < times.now } == true ? Style.bad($0) : $0 }),
        Table.Cell(item[text: "initiator"] ?? ""), Table.Cell(item[time: "since"].map(times.relative) ?? ""),
        Table.Cell(item[text: "title"] ?? ""),
      ])
    }
    table.write()
    let number = first[text: "instance"]?.split(separator: "-").last.map(String.init) ?? ""
    Terminal.next("\nlook: writ show \(number)   answer: writ \(Self.words(first).verb) \(number)")
  }
}
