import ArgumentParser
import CEL
import WorkflowEngine
import WorkflowReports

struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists who decided what, when, on what basis and under which definition, offline.",
    discussion: """
      Reads the record itself, or a clone of it (--state FOLDER); no server is asked, and nothing is written. What it \
      reads is proven by: writ verify. The columns are explained in docs/cli.md.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case table, csv, json }

  @OptionGroup var repository: RepositoryOption
  @Option(help: "The record itself, where it is no longer beside its workflows.") var state: String?
  @Option(help: "table, csv or json.") var format = Format.table
  @Flag(help: "The same as --format json.") var json = false
  @Option(help: "Only what this person decided, or what was decided in their place.") var person: String?
  @Option(help: "Only of this workflow.") var workflow: String?
  @Option(help: "From this day on, in UTC: 2026-01-01.") var from: String?
  @Option(help: "Up to the end of this day, in UTC.") var to: String?
  @Option(name: .customLong("at-least"), help: "Only where a number shown or asked for is no smaller: amount=1000.")
  var atLeast: [String] = []
  @Option(name: .customLong("at-most"), help: "Only where it is no larger.") var atMost: [String] = []

  func validate() throws { _ = try filter() }

  func run() async throws {
    let audit = try RecordAudit(of: try state ?? recordPath(), try filter())
    switch json ? .json : format {
    case .table: write(audit.decisions)
    case .csv: Self.writeCSV(audit.decisions)
    case .json:
      let body: Value = [
        "decisions": .list(audit.decisions.map(\.value)), "unread": .list(audit.unread.map { .string($0) }),
      ]
      Terminal.out(body.versioned.prettyJSON)
    }
    for file in audit.unread { Terminal.note("\(Style.bad("unread", on: .standardError)) \(Table.oneLine(file))") }
    if !audit.unread.isEmpty { throw ExitStatus.refused }
  }

  private func recordPath() throws -> String {
    let place = try repository.place()
    try place.requireRecord()
    return place.state
  }

  private func filter() throws -> AuditFilter {
    var filter = AuditFilter()
    filter.person = person
    filter.workflow = workflow
    filter.from = try Self.day(from, "--from")
    filter.to = try Self.day(to, "--to")
    filter.bounds = try atLeast.map { try Self.bound(.atLeast, $0) } + atMost.map { try Self.bound(.atMost, $0) }
    return filter
  }

  private static func day(_ text: String?, _ option: String) throws -> CivilDate? {
    guard let text else { return nil }
    guard let day = CivilDate(iso: text) else { throw ValidationError("\(option) is a day: 2026-01-31") }
    return day
  }

  private static func bound(_ side: AuditFilter.Bound.Side, _ text: String) throws -> AuditFilter.Bound {
    guard let bound = AuditFilter.Bound(side, text) else {
      throw ValidationError("'\(text)' is not a field and a number: amount=1000")
    }
    return bound
  }

  private func write(_ decisions: [AuditedDecision]) {
    guard !decisions.isEmpty else { return Terminal.next("no decision is like this") }
    var table = Table(["AT", "INSTANCE", "STEP", "DECISION", "BY", "FOR", "PROOF", "REASON"])
    for decision in decisions {
      let decided = decision.decided
      let step = decided.level == decided.step ? decided.step : "\(decided.step)/\(decided.level)"
      table.add([
        Table.Cell(TimeWords.moment(decision.at)), Table.Cell("\(decision.instance)", { Style.bold($0) }),
        Table.Cell(step), Table.Cell(decided.verdict.rawValue), Table.Cell(decided.by),
        Table.Cell(decided.actingFor ?? ""), Table.Cell(decided.assurance.rawValue), Table.Cell(decided.reason ?? ""),
      ])
    }
    table.write()
    Terminal.next("the basis of each: writ audit --format csv")
  }

  private static func writeCSV(_ decisions: [AuditedDecision]) {
    var text = CSVText.line(AuditedDecision.columns)
    for decision in decisions { text += CSVText.line(decision.row) }
    Terminal.outExactly(text)
  }
}
