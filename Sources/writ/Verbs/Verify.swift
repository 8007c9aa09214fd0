import ArgumentParser
import CEL

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Proves the record, offline: every head is what its events make, nothing is missing.",
    discussion: "Only reads, so it may run beside a server. Works on a clone of the record too: --state FOLDER.")

  @OptionGroup var repository: RepositoryOption
  @OptionGroup var output: OutputOption
  @Option(help: "A commit that somebody outside remembers (full id): the record must still hold it.")
  var anchor: String?
  @Option(help: "The record itself, where it is no longer beside its workflows.") var state: String?

  func run() async throws {
    let path = try state ?? recordPath()
    var damages: [String] = []
    if !output.json { Terminal.next("reading the record ...") }
    async let opinion = Self.fsck(path)
    let report = try await verified(path)
    damages += report.damages
    damages += try await opinion
    if output.json { Terminal.out(Self.json(report, damages).versioned.prettyJSON) } else { write(report, damages) }
    if !damages.isEmpty { throw ExitStatus.refused }
  }

  private func recordPath() throws -> String {
    let place = try repository.place()
    try place.requireRecord()
    return place.state
  }

  private func verified(_ path: String) async throws -> RecordVerifier.Report {
    guard var verifier = try RecordVerifier(at: path) else {
      var report = RecordVerifier.Report()
      if let anchor { report.note("commit \(anchor)", "is remembered outside, and the record is empty") }
      return report
    }
    await verifier.run(anchor: anchor)
    return verifier.report
  }

  /// Stock git's own opinion, formed beside ours.
  private static func fsck(_ path: String) async throws -> [String] {
    let (status, output, errors) = try GitProgram(folder: path).outcome([
      "fsck", "--full", "--strict", "--no-dangling", "--no-progress",
    ])
    let lines = (output + "\n" + errors).split(separator: "\n").map { "git fsck: \($0)" }
    return status == 0 ? [] : lines.isEmpty ? ["git fsck: failed with \(status)"] : lines
  }

  private func write(_ report: RecordVerifier.Report, _ damages: [String]) {
    Show.write([
      ("commits", "\(report.commits), one chain"), ("instances", "\(report.instances)"),
      ("events", "\(report.events), each folded again"), ("approvals", "\(report.approvals)"),
      ("evidence", "\(report.evidence)"),
    ])
    if damages.isEmpty { return Terminal.out(Style.good("the record holds")) }
    for damage in damages { Terminal.out("\(Style.bad("damaged")) \(Table.oneLine(damage))") }
    if report.damaged > report.damages.count {
      Terminal.out("... and \(report.damaged - report.damages.count) more places")
    }
  }

  private static func json(_ report: RecordVerifier.Report, _ damages: [String]) -> Value {
    [
      "holds": .bool(damages.isEmpty), "commits": .int(Int64(report.commits)),
      "instances": .int(Int64(report.instances)), "events": .int(Int64(report.events)),
      "approvals": .int(Int64(report.approvals)), "evidence": .int(Int64(report.evidence)),
      "damages": .list(damages.map { .string($0) }),
    ]
  }
}
