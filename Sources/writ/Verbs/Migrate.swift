import ArgumentParser
import CEL

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Moves running instances to the newest version of their workflow, as its 'migrate' says.",
    discussion: """
      A deployment does so by itself. This is for what did not fit then, and does now; --dry-run with the name of a \
      workflow says what would become of everything that runs on an earlier version, and changes nothing.
      """)

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @OptionGroup var writing: WritingOption
  @Argument(help: "42, or expense-approval-42; with --dry-run a workflow.") var targets: [String]
  @Flag(help: "Only say what would become of them.") var dryRun = false
  @Option(name: .shortAndLong, help: "Why; kept for ever.") var reason: String?

  func run() async throws {
    guard !dryRun else {
      for name in targets { try await tell(name) }
      return
    }
    let body: ValueMap = reason.map { ["reason": .string($0)] } ?? [:]
    var refusals = 0
    for id in targets {
      do { try await Act("migrate", body).run(id, in: repository, writing, output) } catch let complaint as Complaint {
        guard targets.count > 1 else { throw complaint }
        complaint.write()
        refusals += 1
      }
    }
    if refusals > 0 { throw ExitStatus.refused }
  }

  private func tell(_ name: String) async throws {
    let answer = try await Session.run(in: try repository.place()) { api in
      try await api.get("/api/workflows/\(API.escaped(name))/migration")
    }
    if output.json { return Terminal.out(answer.versioned.prettyJSON) }
    let version = "\(answer["workflow"]?.words ?? name) version \(answer["version"]?.words ?? "")"
    let groups = answer[items: "instances"]
    guard !groups.isEmpty else { return Terminal.out("\(version): nothing runs on an earlier version") }
    Terminal.out("\(version): \(Words.count(Int(answer["running"]?.intValue ?? 0), "instance")) on earlier versions")
    var table = Table(["", "version", "at", "what becomes of them", "which"])
    for group in groups {
      let ids = group[items: "ids"].map(\.words)
      table.add([
        Table.Cell("\(ids.count)"), Table.Cell(group["version"]?.words ?? ""),
        Table.Cell(group[items: "at"].map(\.words).joined(separator: " and ")), Self.fate(group),
        Table.Cell(ids.joined(separator: ", ")),
      ])
    }
    table.write()
    for group in groups {
      for reason in group[items: "because"] { Terminal.out("  \(Style.warm("does not fit:")) \(reason.words)") }
    }
    if answer["migrates"]?.boolValue != true {
      Terminal.next("this version says nothing about running instances: 'migrate' in its file does")
    }
  }

  private static func fate(_ group: Value) -> Table.Cell {
    switch group[text: "fate"] {
    case "moves":
      let past = group[items: "past_approvals"].map(\.words)
      let to = group[items: "to"].map(\.words).joined(separator: " and ")
      return Table.Cell(
        (to.isEmpty ? "to its end" : "to \(to)")
          + (past.isEmpty ? "" : ", past the approval \(past.joined(separator: ", "))"), { Style.good($0) })
    case "misfits": return Table.Cell("stays, does not fit", { Style.warm($0) })
    default: return "stays"
    }
  }
}
