import ArgumentParser
import CEL

struct Move: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a move in a state machine.",
    discussion: "For example: writ move 42 deliver -i quantity=3; 'writ move 42' lists the moves that are yours.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @Argument(help: "42, or purchase-order-42.") var id: String
  @Argument(help: "The move; left out: lists those that are yours.") var move: String?
  @Option(help: "The state, where several could be meant.") var step: String?
  @OptionGroup var input: InputOption

  func run() async throws {
    guard let move else { return try await list() }
    let key = writing.key
    let receipt = try await Session.run(in: try repository.place()) { api in
      let offered = try await api.get("/api/instances/\(API.escaped(id))/moves")[items: "items"].first { item in
        item[text: "move"] == move && (step == nil || item[text: "step"] == step)
      }
      var body: ValueMap = ["move": .string(move)]
      body["step"] = step.map { .string($0) }
      body["result"] = .map(try input.value(for: offered?["form"]))
      return try await api.post("/api/instances/\(API.escaped(id))/moves", body, key: key)
    }
    Receipt(receipt).write(as: output)
  }

  private func list() async throws {
    let answer = try await Session.run(in: try repository.place()) { api in
      try await api.get("/api/instances/\(API.escaped(id))/moves")
    }
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    let items = answer[items: "items"]
    guard !items.isEmpty else { return Terminal.next("no move of \(id) is yours now; look: writ show \(id)") }
    var table = Table(["MOVE", "STATE", "FIELDS"])
    for item in items {
      table.add([
        Table.Cell(item[text: "move"] ?? "", { Style.bold($0) }), Table.Cell(item[text: "step"] ?? ""),
        Table.Cell((item["form"]?["properties"]?.mapValue?.keys ?? []).joined(separator: ", ")),
      ])
    }
    table.write()
  }
}
