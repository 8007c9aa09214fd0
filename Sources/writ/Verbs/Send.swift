import ArgumentParser
import CEL

struct Send: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sends a message to whoever waits for it.",
    discussion: """
      For example: writ send payment_received --key INV-7 -i amount=120.50

      Who waits for the event with this key has it at once; if nobody does yet, it is kept for the first who will. With \
      --source and --id the same message may be sent twice and has one effect.
      """)

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @Argument(help: "Its name, as a workflow declares it under 'events'.") var event: String
  @Option(help: "Which case it is about.") var key: String?
  @Option(help: "Who made it, with --id; for example a URL.") var source: String?
  @Option(help: "Its own id at its source.") var id: String?
  @OptionGroup var input: InputOption

  func validate() throws {
    if (source == nil) != (id == nil) { throw ValidationError("--source and --id go together") }
  }

  func run() async throws {
    let key = writing.key
    let answer = try await Session.run(in: try repository.place()) { api in
      let declared = try await api.get("/api/events")[items: "items"].first { $0[text: "name"] == event }
      var body: ValueMap = ["event": .string(event)]
      body["key"] = self.key.map { .string($0) }
      body["source"] = source.map { .string($0) }
      body["id"] = id.map { .string($0) }
      let data = try input.value(for: declared?["schema"])
      if !data.isEmpty { body["data"] = .map(data) }
      return try await api.post("/api/events", body, key: key)
    }
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    write(answer)
  }

  private func write(_ answer: Value) {
    guard let message = answer["message"] else { return }
    let number = message["number"]?.words ?? ""
    let reached = message["reached"]?.intValue ?? 0
    if reached > 0 {
      let names = message[items: "instances"].compactMap(\.stringValue)
      let whom = names.count == Int(reached) ? names.joined(separator: ", ") : "\(reached) instances"
      Terminal.out("message \(number) reached \(whom)")
    } else {
      Terminal.out("message \(number) is \(message[text: "standing"] ?? "kept")")
      if let until = message[text: "until"] { Terminal.next("nobody waits for it yet; it is kept until \(until)") }
    }
    if answer["replay"]?.boolValue == true { Terminal.next("it had been sent before; nothing was done twice") }
  }
}
