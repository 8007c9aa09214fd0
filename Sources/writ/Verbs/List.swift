import ArgumentParser
import CEL

struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "Lists instances that you may see, or what became of commits.")

  enum Standing: String, CaseIterable, ExpressibleByArgument { case open, stuck, ended, all }

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @Flag(name: .shortAndLong, help: "Ended ones too.") var all = false
  @Option(help: "open, stuck, ended or all.") var status: Standing?
  @Option(help: "Only of this workflow.") var workflow: String?
  @Option(help: "Only those that this person started.") var person: String?
  @Option(help: "At most so many, newest first.") var limit = 50
  @Flag(help: "What became of the latest commits on the deploy branch.") var deployments = false

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is 1 to 10000") }
    guard !(all && status != nil && status != .all) else { throw ValidationError("--all and --status contradict") }
  }

  func run() async throws {
    let answer = try await Session.run(in: try repository.place()) { api in
      deployments ? try await api.get("/api/deployments") : try await instances(api)
    }
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    deployments ? writeDeployments(answer) : writeInstances(answer)
  }

  private func instances(_ api: API) async throws -> Value {
    var items: [Value] = []
    var before: String?
    repeat {
      let page = try await api.get(
        "/api/instances",
        [
          ("status", all ? "all" : (status ?? .open).rawValue), ("workflow", workflow), ("person", person),
          ("limit", "\(min(limit - items.count, 200))"), ("before", before),
        ])
      items += page[items: "items"]
      before = page[text: "next"]
    } while before != nil && items.count < limit
    var body: ValueMap = ["items": .list(items)]
    body["next"] = before.map { .string($0) }
    return .map(body)
  }

  private func writeInstances(_ answer: Value) {
    let items = answer[items: "items"]
    guard !items.isEmpty else {
      return Terminal.next(
        all ? "nothing has been started yet: writ start WORKFLOW" : "nothing is open; ended ones: writ ls --all")
    }
    let times = TimeWords.current
    var table = Table(["INSTANCE", "STATUS", "BY", "STARTED", "DUE", "TITLE"])
    for item in items {
      let words = InstanceWords(instance: item, times: times)
      let due = words.hasEnded ? nil : item[time: "due"]
      table.add([
        Table.Cell(words.id, { Style.bold($0) }), words.status, Table.Cell(item[text: "initiator"] ?? ""),
        Table.Cell(item[time: "started_at"].map(times.relative) ?? ""),
        Table.Cell(due.map(times.due) ?? "", { due.map { $0 < times.now } == true ? Style.bad($0) : $0 }),
        Table.Cell(item[text: "title"] ?? ""),
      ])
    }
    table.write()
    if answer[text: "next"] != nil { Terminal.next("there are more: --limit \(limit * 4)") }
  }

  private func writeDeployments(_ answer: Value) {
    let items = answer[items: "items"]
    guard !items.isEmpty else { return Terminal.next("no commit has been looked at yet") }
    let times = TimeWords.current
    var table = Table(["COMMIT", "RESULT", "WHEN", "SUBJECT"])
    for item in items {
      let isDeployed = item["deployed"]?.boolValue == true
      table.add([
        Table.Cell(String(item[text: "commit"]?.prefix(12) ?? "")),
        isDeployed ? Table.Cell("deployed", { Style.good($0) }) : Table.Cell("refused", { Style.bad($0) }),
        Table.Cell(item[time: "at"].map(times.relative) ?? ""), Table.Cell(item[text: "subject"] ?? ""),
      ])
    }
    table.write()
    if let refused = items.first, refused["deployed"]?.boolValue == false {
      for finding in refused[items: "findings"] { Terminal.note("  \(finding.words)") }
    }
  }
}
