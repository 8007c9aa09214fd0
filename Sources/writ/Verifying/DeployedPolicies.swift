import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles

/// What was deployed when, as the record's own history tells it.
struct DeployedPolicies {
  /// From the record's first commit that names it to the one after its last, in seconds.
  private struct Span {
    var record: ObjectID
    var from: Int64
    var to: Int64
  }

  private var spans: [String: Span] = [:]
  /// When the commit after the one that is noted next was made.
  private var younger = Int64.max
  private let zones = SystemZones()
  private var newest: String?

  /// The record's first commit that names what is deployed now.
  var deployedLast: ObjectID? { newest.flatMap { spans[$0]?.record } }

  /// Told of the record's commits from the last to the first.
  mutating func note(_ message: CommitMessage, _ commit: CommitInfo) {
    let time = commit.committer.time
    defer { younger = time }
    guard let deployed = message.deployed else { return }
    newest = newest ?? deployed
    spans[deployed] = Span(record: commit.id, from: time, to: spans[deployed]?.to ?? younger)
  }

  /// The policy of a deployed commit, if it was in force at that moment.
  func policy(_ deployed: String, at moment: Timestamp, in repository: Repository) -> Policy? {
    guard let span = spans[deployed], span.from <= moment.seconds + 1, moment.seconds <= span.to,
      let snapshot = try? repository.snapshot(span.record),
      let people = Self.read("people.yaml", snapshot).flatMap({ PeopleReader.read($0).content })
    else { return nil }
    let settings = Self.read("writ.yaml", snapshot).flatMap { SettingsReader.read($0).content }
    return Policy(people: people, settings: settings ?? Settings(), zones: { [zones] in zones.rules($0) })
  }

  private static func read(_ path: String, _ snapshot: Snapshot) -> [UInt8]? {
    (try? snapshot.read(StateLayout.deployed(path))) ?? nil
  }
}
