import CEL
import Dispatch
import GitStore
import Synchronization
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// Proves a record by reading it: no lock, no writing, so that it can be done beside a server and on a clone.
struct RecordVerifier {
  let view: RecordView
  let tip: ObjectID
  var report = Report()

  /// Numbers of all instances that were found.
  private(set) var numbers: Set<Int> = []
  /// The messages that are still known.
  var messages: [Int: MessageFile] = [:]
  let path: String
  /// What instances say of each other, and of messages.
  var ties = Ties()
  var signers = RecordSigners()

  struct Report {
    var commits = 0
    var instances = 0
    var events = 0
    var approvals = 0
    var evidence = 0
    /// Decisions with evidence, to be held against it.
    var proofs: [Proof] = []
    /// Places and what is wrong there, the first ones.
    var damages: [String] = []
    var damaged = 0

    static let shown = 20

    mutating func add(_ other: Report) {
      events += other.events
      approvals += other.approvals
      evidence += other.evidence
      proofs += other.proofs
      damaged += other.damaged
      damages += other.damages.prefix(Self.shown - damages.count)
    }

    mutating func note(_ place: String, _ words: String) {
      damaged += 1
      if damages.count < Self.shown { damages.append("\(place): \(words)") }
    }
  }

  /// A decision and what is kept of it.
  struct Proof {
    var path: String
    var entry: Entry
    var decided: Decided
    /// The instance as the decision found it.
    var before: Instance
    var bytes: [UInt8]
  }

  private(set) var policies = DeployedPolicies()
  /// The record's own name, which signed decisions carry.
  private let repository: String

  /// - Returns: `nil` for a record that holds nothing yet.
  init?(at path: String) throws {
    self.path = path
    view = try RecordView(of: path)
    guard let tip = view.tip else { return nil }
    self.tip = tip
    let format = try? view.repository.snapshot(tip).read(StateLayout.format)
    repository = (format.flatMap { $0 }.flatMap { try? FormatFile($0) })?.repository ?? ""
  }

  /// - Parameter anchor: a commit that somebody outside remembers; the record must still hold it.
  mutating func run(anchor: String? = nil) async {
    do {
      try verifyView()
      try verifyChain(anchor: anchor)
      try verifyLayout()
      try await verifyInstances()
      try verifyMessages()
      verifyTies()
      try verifyBooks()
    } catch {
      report.note("the record", "cannot be read to its end: \(error)")
    }
  }

  // MARK: Evidence

  /// Every signature once more: that it fits, whose it was, and that its key counted when it came.
  private mutating func verifyProofs() async {
    for proof in report.proofs {
      let decision = RecordedDecision(repository: repository, on: proof.before, proof.decided, at: proof.entry.at)
      guard let decision else {
        report.note(proof.path, "event \(proof.entry.number) decides on a level that was not open")
        continue
      }
      let problem = await decision.problem(in: proof.bytes) {
        policies.policy($0, at: proof.entry.at, in: view.repository)
      }
      if let problem { report.note(proof.path, "the evidence of event \(proof.entry.number) \(problem)") }
    }
    report.proofs = []
  }

  // MARK: The chain of commits

  /// Every commit has one parent, the next sequence, a term that never falls, and a date that never does either.
  private mutating func verifyChain(anchor: String?) throws {
    var next: ObjectID? = tip
    var isAnchored = anchor == nil
    var after: (message: CommitMessage, time: Int64)?
    while let id = next {
      let info = try view.repository.commit(id)
      report.commits += 1
      isAnchored = isAnchored || id.description == anchor
      next = info.parents.first
      if info.isMerge { report.note("commit \(id)", "is a merge; the runner makes none") }
      guard let message = CommitMessage(info.message) else {
        report.note("commit \(id)", "is not the runner's: its message has no trailers")
        after = nil
        continue
      }
      try verifyMaker(of: info)
      policies.note(message, info)
      try verifyGrowth(of: info, message)
      if let after { compare(message, info.committer.time, with: after, id) }
      if next == nil, message.sequence != 1 {
        report.note("commit \(id)", "is the first and has sequence \(message.sequence)")
      }
      after = (message, info.committer.time)
    }
    if let anchor, !isAnchored { report.note("commit \(anchor)", "is remembered outside and not part of the record") }
  }

  private mutating func compare(
    _ message: CommitMessage, _ time: Int64, with after: (message: CommitMessage, time: Int64), _ id: ObjectID
  ) {
    if after.message.sequence != message.sequence + 1 {
      report.note("commit \(id)", "sequence \(message.sequence) is followed by \(after.message.sequence)")
    }
    if after.message.term < message.term {
      report.note("commit \(id)", "term \(message.term) is followed by \(after.message.term)")
    }
    if after.time < time { report.note("commit \(id)", "is younger than the one after it") }
  }

  // MARK: Instances

  private mutating func verifyInstances() async throws {
    let snapshot = try view.repository.snapshot(tip)
    var heads: [(InstanceID, StateLayout.Place)] = []
    var files: [InstanceID: [InstanceFileKind]] = [:]
    var unknown: [String] = []
    for place in StateLayout.Place.allCases {
      try snapshot.walk(under: place.rawValue) { path, _ throws(StoreError) in
        guard case .instance(let id, let kind, let place)? = StatePath(path) else { return unknown.append(path) }
        if kind == .head { heads.append((id, place)) }
        files[id, default: []].append(kind)
      }
    }
    for path in unknown { report.note(path, "is no file that the runner writes") }
    let known = Set(heads.map(\.0))
    for id in files.keys.filter({ !known.contains($0) }).sorted() { report.note("instance \(id)", "has no head") }
    for (id, group) in Dictionary(grouping: heads, by: \.0.number) where group.count > 1 {
      report.note("instance \(id)", "has \(group.count) heads")
    }
    heads.sort { $0.0 < $1.0 }
    for start in stride(from: 0, to: heads.count, by: Self.atOnce) {
      let group = heads[start..<min(start + Self.atOnce, heads.count)].map { ($0, $1, files[$0] ?? []) }
      for ((id, place, _), told) in zip(group, Self.verified(group, in: snapshot)) {
        report.instances += 1
        numbers.insert(id.number)
        do {
          let (story, findings) = try told.get()
          report.add(findings)
          ties.note(story)
          try verifyVersion(of: story.head, in: snapshot)
          await verifyProofs()
        } catch {
          report.note(StateLayout.head(id, in: place), "\(error)")
        }
      }
    }
  }

  /// Instances that are read before their findings are put together.
  private static let atOnce = 1_024

  private typealias Told = Result<(InstanceStory, Report), any Error>

  /// Reads and judges instances on all processors; the answers are in the same order.
  private static func verified(
    _ group: [(InstanceID, StateLayout.Place, [InstanceFileKind])], in snapshot: Snapshot
  ) -> [Told] {
    let told = Mutex<[Told?]>(Array(repeating: nil, count: group.count))
    let width = 16
    DispatchQueue.concurrentPerform(iterations: (group.count + width - 1) / width) { part in
      for place in part * width..<min((part + 1) * width, group.count) {
        let (id, folder, files) = group[place]
        let result = Told {
          let story = try InstanceStory(id, in: folder, files: files, of: snapshot)
          var findings = Report(events: story.entries.count)
          story.verify(&findings)
          return (story, findings)
        }
        told.withLock { $0[place] = result }
      }
    }
    return told.withLock { $0 }.compactMap { $0 }
  }
}
