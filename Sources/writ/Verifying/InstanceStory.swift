import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles

/// One instance as its files tell it: what the head says, and every event from all parts of the timeline.
struct InstanceStory {
  let id: InstanceID
  let place: StateLayout.Place
  let files: [InstanceFileKind]
  let snapshot: Snapshot
  let head: Instance
  let entries: [Entry]
  /// Parts whose digests or counts are not what the next file says.
  private var brokenParts: [Int] = []

  /// - Throws: where a file is missing or cannot be read.
  init(_ id: InstanceID, in place: StateLayout.Place, files: [InstanceFileKind], of snapshot: Snapshot) throws {
    (self.id, self.place, self.files, self.snapshot) = (id, place, files, snapshot)
    let read = { (kind: InstanceFileKind) throws -> [UInt8] in
      let path = StateLayout.file(kind, of: id, in: place)
      guard let bytes = try snapshot.read(path) else { throw Gap(path: path) }
      return bytes
    }
    var values: [String: Value] = [:]
    for kind in files {
      guard case .value = kind else { continue }
      let bytes = try read(kind)
      values[Hex.sha256(bytes)] = try StoredValues.value(of: bytes)
    }
    let resolve = { [values] (digest: String) -> Value? in values[digest] }
    let bytes = try read(.head)
    let main = try InstanceFile.readHead(bytes, resolve: resolve)
    head = main.instance
    var before = InstanceFile.Before()
    var entries: [Entry] = []
    for number in stride(from: 1, through: main.before.parts, by: 1) {
      let bytes = try read(.part(number))
      let part = try PartFile(bytes, resolve: resolve)
      if part.before != before || part.number != number { brokenParts.append(number) }
      entries += part.entries
      before.events += part.entries.count
      before.parts = number
      before.digest = Hex.sha256(bytes)
    }
    if before != main.before { brokenParts.append(main.before.parts + 1) }
    self.entries = entries + (try InstanceFile.readTimeline(bytes, resolve: resolve))
  }

  struct Gap: Error, CustomStringConvertible {
    var path: String
    var description: String { "the file \(path) is missing" }
  }

  func verify(_ report: inout RecordVerifier.Report) {
    let path = StateLayout.head(id, in: place)
    for part in brokenParts { report.note(path, "part \(part) of the timeline does not follow the one before it") }
    do throws(Incoherence) {
      if try Instance.checkedFold(entries) != head {
        report.note(path, "the head is not what its \(entries.count) events make")
      }
    } catch {
      return report.note(path, "\(error)")
    }
    for offence in Lawfulness.offences(in: entries) {
      report.note(path, "event \(offence.event) is not lawful: \(offence.words)")
    }
    if head.isArchivable != (place == .archive) {
      report.note(
        path, place == .archive ? "is in the archive and has not ended" : "has ended and is not in the archive")
    }
    verifyFiles(&report)
    verifyFacts(&report)
    verifyApprovals(&report)
    verifyEvidence(&report)
  }

  /// The same events give the same bytes, however they came to be written; what no event gives is not there.
  private func verifyFiles(_ report: inout RecordVerifier.Report) {
    let path = StateLayout.head(id, in: place)
    guard let written = try? InstanceFile.update(nil, adding: entries, giving: head, in: place) else {
      return report.note(path, "holds what the runner would not write")
    }
    for file in written where (try? snapshot.read(file.path)) != file.bytes {
      report.note(file.path, "is not as the runner writes it")
    }
    var known = Set(written.map(\.path))
    for entry in entries {
      guard case .decided = entry.event else { continue }
      known.insert(StateLayout.file(.evidence(event: entry.number), of: id, in: place))
    }
    for kind in files {
      if case .approval = kind { continue }
      let path = StateLayout.file(kind, of: id, in: place)
      if !known.contains(path) { report.note(path, "belongs to no event") }
    }
  }

  /// Decisions bind to the digest of what was shown, so it is that of what the level says was shown.
  private func verifyFacts(_ report: inout RecordVerifier.Report) {
    for entry in entries {
      guard case .levelOpened(let opened) = entry.event else { continue }
      let facts = Value.list(opened.shown.map { ["label": .string($0.label), "value": $0.value] })
      if (try? facts.canonicalJSON()).map({ Hex.sha256($0) }) != opened.digest {
        report.note(StateLayout.head(id, in: place), "event \(entry.number) shows other facts than its digest")
      }
    }
  }

  /// Views for people equal what the events give, and none is missing.
  private func verifyApprovals(_ report: inout RecordVerifier.Report) {
    var shown: Set<VisitID> = []
    for kind in files {
      guard case .approval(let step, let visit) = kind else { continue }
      shown.insert(VisitID(step: step, visit: visit))
      report.approvals += 1
      let path = StateLayout.file(kind, of: id, in: place)
      let last =
        entries.lastIndex { $0.event.approvalVisits.contains(VisitID(step: step, visit: visit)) } ?? entries.endIndex
        - 1
      // The view was written with the batch of the visit's last event; what it shows of the instance never changes.
      let view = ApprovalView.render(step: step, visit: visit, of: head, from: Array(entries[...last]))
      guard let bytes = try? snapshot.read(path) else { return report.note(path, "cannot be read") }
      if bytes != view { report.note(path, "is not what the events say") }
    }
    for entry in entries {
      guard case .levelOpened(let opened) = entry.event else { continue }
      guard shown.insert(VisitID(step: opened.step, visit: opened.visit)).inserted else { continue }
      report.note(StateLayout.file(.approval(step: opened.step, visit: opened.visit), of: id, in: place), "is missing")
    }
  }

  /// Evidence is what the event names, by SHA-256.
  private func verifyEvidence(_ report: inout RecordVerifier.Report) {
    let isProved = entries.contains { entry in
      if case .decided(let decided) = entry.event {
        decided.evidence != nil || decided.assurance > .session
      } else {
        false
      }
    }
    guard isProved else { return }
    var kept: [String: [UInt8]] = [:]
    for kind in files {
      guard case .evidence = kind, let bytes = try? snapshot.read(StateLayout.file(kind, of: id, in: place)) else {
        continue
      }
      kept[Hex.sha256(bytes)] = bytes
    }
    var fold: Instance?
    for entry in entries {
      defer { Instance.evolve(&fold, entry) }
      guard case .decided(let decided) = entry.event, let before = fold else { continue }
      let path = StateLayout.head(id, in: place)
      guard let digest = decided.evidence else {
        if decided.assurance > .session {
          report.note(path, "event \(entry.number) is signed, and nothing is kept of it")
        }
        continue
      }
      report.evidence += 1
      guard let bytes = kept[digest] else {
        report.note(path, "the evidence of event \(entry.number) is missing or changed")
        continue
      }
      report.proofs.append(
        RecordVerifier.Proof(path: path, entry: entry, decided: decided, before: before, bytes: bytes))
    }
  }
}
