import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles

/// The record only grows: what one commit told, every later one tells the same.
extension RecordVerifier {
  /// What a commit did to a file, wherever it lies before and after: moving to the archive changes nothing.
  private struct Turn {
    var old: ObjectID?
    var new: ObjectID?
  }

  mutating func verifyGrowth(of commit: CommitInfo, _ message: CommitMessage) throws {
    let parent = try commit.parents.first.map { try view.repository.commit($0) }
    let before = try parent.map { try view.repository.snapshot($0.id) }
    let isDeployed = parent.flatMap { CommitMessage($0.message)?.deployed } != message.deployed
    var instances: [InstanceID: [InstanceFileKind: Turn]] = [:]
    for change in try view.repository.snapshot(commit.id).changes(since: before) {
      switch StatePath(change.path) {
      case .instance(let id, let kind, _)?:
        var turn = instances[id]?[kind] ?? Turn()
        turn.old = change.old?.id ?? turn.old
        turn.new = change.new?.id ?? turn.new
        instances[id, default: [:]][kind] = turn
      case .deployed? where !isDeployed:
        note(commit, change.path, "changed, and nothing was deployed")
      case .message? where change.new == nil: verifyForgotten(change, in: commit)
      case .version?, .versionText?, .format?:
        if change.old != nil { note(commit, change.path, "was written before, and is not what it was") }
      default: break
      }
    }
    var told: [InstanceID: [ArraySlice<UInt8>]] = [:]
    for (id, files) in instances.sorted(by: { $0.key < $1.key }) { told[id] = try verify(files, of: id, in: commit) }
    verifySubject(of: commit, message, told: told)
  }

  private mutating func note(_ commit: CommitInfo, _ path: String, _ words: String) {
    report.note("commit \(commit.id)", "\(path) \(words)")
  }

  /// Messages are remembered for a time, and forgotten then.
  private mutating func verifyForgotten(_ change: PathChange, in commit: CommitInfo) {
    guard let old = change.old, let file = try? MessageFile(view.repository.blob(old.id, limit: .max)) else { return }
    if file.nextInstant.seconds > commit.committer.time + 1 {
      note(commit, change.path, "was forgotten before its time")
    }
  }

  /// - Returns: the lines that the commit added to the timeline.
  private mutating func verify(
    _ files: [InstanceFileKind: Turn], of id: InstanceID, in commit: CommitInfo
  ) throws -> [ArraySlice<UInt8>] {
    for (kind, turn) in files {
      if case .approval = kind { continue }
      guard kind != .head, let old = turn.old, turn.new != old else { continue }
      note(commit, StateLayout.file(kind, of: id, in: .live), "was written before, and is not what it was")
    }
    guard let head = files[.head] else { return [] }
    let path = StateLayout.head(id, in: .live)
    guard let new = head.new else {
      note(commit, path, "was removed")
      return []
    }
    let before = try head.old.map { try timeline($0) } ?? []
    var told: [UInt8] = []
    for case .part(let number) in files.keys.sorted(by: { $0.part < $1.part }) {
      if let part = files[.part(number)], part.old == nil, let new = part.new { told += try timeline(new) }
    }
    told += try timeline(new)
    guard told.starts(with: before) else {
      note(commit, path, "tells otherwise what was told before")
      return []
    }
    return told[before.count...].split(separator: UInt8(ascii: "\n"))
  }

  /// The lines of the events in a file, as they stand there.
  private func timeline(_ blob: ObjectID) throws -> ArraySlice<UInt8> {
    let bytes = try view.repository.blob(blob, limit: .max)
    let mark = Array("\ntimeline:\n".utf8)
    var place = bytes.startIndex
    while place + mark.count <= bytes.count {
      if bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) {
        return bytes[(place + mark.count)...]
      }
      place += 1
    }
    return []
  }
}

extension InstanceFileKind {
  fileprivate var part: Int { if case .part(let number) = self { number } else { 0 } }
}
