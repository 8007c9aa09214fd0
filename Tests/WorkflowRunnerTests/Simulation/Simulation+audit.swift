import CEL
import GitStore
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

/// The invariants, looked at from what is durable alone.
extension Simulation {
  func audit() throws {
    try auditChain()
    var marks: [String: Int] = [:]
    var stories: [Int: [Entry]] = [:]
    for (id, place) in try heads() {
      guard stories[id.number] == nil else { throw Broken(.fold, "there are two heads of \(id.number)") }
      let entries = try audit(id, in: place)
      stories[id.number] = entries
      for mark in entries.compactMap(\.event.mark) { marks[mark, default: 0] += 1 }
    }
    for call in calls { try audit(call, stories, marks) }
  }

  private func heads() throws -> [(InstanceID, StateLayout.Place)] {
    var heads: [(InstanceID, StateLayout.Place)] = []
    for place in StateLayout.Place.allCases {
      try store.walk(under: place.rawValue) { path, _ throws(StoreError) in
        if case .instance(let id, .head, let place)? = StatePath(path) { heads.append((id, place)) }
      }
    }
    return heads
  }

  private func auditChain() throws {
    var after: (sequence: Int, term: Int, time: Int64)?
    for commit in try store.history(limit: .max) {
      guard let message = CommitMessage(commit.message) else { throw Broken(.chain, "\(commit.id) has no trailers") }
      if let after, after.sequence != message.sequence + 1 || after.term < message.term {
        throw Broken(.chain, "sequence \(message.sequence) is followed by \(after.sequence)")
      }
      if let after, after.time < commit.committer.time { throw Broken(.chain, "a commit's date goes back") }
      after = (message.sequence, message.term, commit.committer.time)
    }
  }

  private func audit(_ id: InstanceID, in place: StateLayout.Place) throws -> [Entry] {
    guard let stored = try store.snapshot().flatMap({ try StoredInstance(id, in: place, of: $0) }) else {
      throw Broken(.fold, "\(id) is not in \(place)")
    }
    let (head, entries) = (try stored.instance(), try stored.entries())
    guard entries.map(\.number) == Array(1...max(entries.count, 1)) else {
      throw Broken(.fold, "the events of \(id) are not numbered 1, 2, 3 ...")
    }
    if let offence = Lawfulness.offences(in: entries).first {
      throw Broken(.lawful, "event \(offence.event) of \(id): \(offence.words)")
    }
    guard Instance.fold(entries) == head else { throw Broken(.fold, "the head of \(id) is not the fold of its events") }
    guard head.isArchivable == (place == .archive) else { throw Broken(.fold, "\(id) lies in \(place)") }
    let text = try store.read(StateLayout.versionText(head.version, of: head.workflow))
    guard text.map({ Hex.sha256($0) }) == head.definition else {
      throw Broken(.pinned, "version \(head.version), which \(id) began with, has another text now")
    }
    for entry in entries {
      guard case .decided(let decided) = entry.event, let digest = decided.evidence else { continue }
      let evidence = try store.read(StateLayout.file(.evidence(event: entry.number), of: id, in: place))
      guard evidence.map({ Hex.sha256($0) }) == digest else {
        throw Broken(.acknowledged, "the evidence of event \(entry.number) of \(id) is missing")
      }
    }
    return entries
  }

  private func audit(_ call: Call, _ stories: [Int: [Entry]], _ marks: [String: Int]) throws {
    let count = call.mark.map { marks[$0] ?? 0 } ?? 0
    guard count <= 1 else { throw Broken(.once, "'\(call.words)' took effect \(count) times") }
    switch call.state {
    case .done(let receipt): try audit(receipt, of: call, stories, count)
    case .refused(let rejection) where count > 0 && call.role == .person:
      throw Broken(.once, "'\(call.words)' was refused (\(rejection.message)) and took effect")
    // A commit that could not be taken in is taken in anew, as another call.
    case .notDone where count > 0 && call.role == .person:
      throw Broken(.once, "'\(call.words)' was said not to be done, and took effect")
    default: break
    }
  }

  private func audit(_ receipt: Receipt, of call: Call, _ stories: [Int: [Entry]], _ count: Int) throws {
    if call.mark != nil, count != 1 { throw Broken(.acknowledged, "'\(call.words)' is nowhere") }
    guard let instance = receipt.instance, !receipt.entries.isEmpty else { return }
    let story = stories[instance.id.number] ?? []
    for entry in receipt.entries where entry.number > story.count || story[entry.number - 1] != entry {
      throw Broken(.acknowledged, "event \(entry.number) of \(instance.id), told to '\(call.words)', is missing")
    }
  }

  // MARK: Coming to rest

  /// The disk and the services are well again: everything that is owed is done, everybody who is in doubt asks again,
  /// and what a new process reads is what this one publishes.
  mutating func settle() throws {
    tell("all is well again")
    // What failed is tried again after some seconds: rest is when nothing happened for two rounds.
    var quiet = 0
    for _ in 0..<60 where quiet < 2 {
      try flush()
      let before = (published.sequence, errands.count)
      try fireTimers()
      dispatch()
      while !errands.isEmpty { try answer(0, .done) }
      try takeInbox()
      while !plans.isEmpty { try deploy(0) }
      for index in calls.indices where calls[index].role == .person && calls[index].mayRepeat(at: now) {
        try send(index)
      }
      try flush()
      now = now.adding(.seconds(6))
      quiet = before == (published.sequence, errands.count) ? quiet + 1 : 0
    }
    try audit()
    try auditOwed()
    try auditRecovery()
  }

  private mutating func flush() throws {
    while writing != nil { try write(.written) }
  }

  private func auditOwed() throws {
    // A commit whose outcome is unknown is taken in anew, as another call; people repeat theirs.
    for call in calls where call.state == .waiting || (call.role == .person && call.mayRepeat(at: now)) {
      throw Broken(.resolved, "'\(call.words)' has no answer")
    }
    let moment = now.adding(.seconds(-20))
    for instance in published.live.values {
      for owed in instance.owed {
        switch owed {
        case .timer(let at) where at < moment: throw Broken(.owed, "a timer of \(instance.id), due at \(at)")
        case .job(let job) where job.notBefore ?? .epoch < moment: throw Broken(.owed, "the job \(job.id)")
        case .delivery(let one) where one.notBefore ?? .epoch < moment: throw Broken(.owed, "the message \(one.id)")
        default: break
        }
      }
    }
  }

  /// Keys of less than a day, by the latest time that the clock ever showed: what it was set back by was lived through.
  private func remembered(_ world: World) -> TreeDictionary<RequestKey, Answered> {
    world.requests.filter { $1.at.adding(.seconds(86_400)) > latest }
  }

  private func auditRecovery() throws {
    let read = try World.recovered(from: store, now: now, newRepository: "unused")
    let differences: [(String, Bool)] = [
      ("live instances", read.live != published.live), ("ended instances", read.ended != published.ended),
      ("who is asked", read.work.filter { !$1.isEmpty } != published.work.filter { !$1.isEmpty }),
      ("the next number", read.nextNumber != published.nextNumber),
      ("the sequence", read.sequence != published.sequence), ("cursors", read.cursors != published.cursors),
      ("keys", remembered(read) != remembered(published)),
      ("what is deployed", read.deployment.current != published.deployment.current),
    ]
    if let difference = differences.first(where: \.1) { throw Broken(.recovered, "\(difference.0) differ") }
  }
}

extension Event {
  /// The text by which the request that caused the event is known.
  fileprivate var mark: String? {
    switch self {
    case .started(let started): started.input["tag"]?.stringValue
    case .decided(let decided): decided.reason
    case .commented(_, let text, _): text
    case .suspended(_, let reason), .resumed(_, let reason), .cancelled(_, let reason): reason
    case .retried(_, _, _, let reason), .reopened(_, _, _, let reason): reason
    case .left(let left): left.output["note"]?.stringValue ?? left.reason.flatMap { $0.hasPrefix("o") ? $0 : nil }
    default: nil
    }
  }
}
