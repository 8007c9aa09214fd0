import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles

extension Batch {
  /// What the batch's commit changes in the tree of the record.
  func changes(to store: any RecordStore, _ recent: RecentFiles) throws -> [GitStore.Change] {
    var changes: [GitStore.Change] = []
    let past = try store.snapshot()
    try inOrder { part in changes += try part.changes(to: past, recent) }
    for plan in deploys { changes += try plan.changes(to: store, batch: sequence) }
    if let acceptance { changes.append(.write(AcceptanceFile.path(batch: sequence), acceptance.bytes)) }
    changes += messages.sorted { $0.key < $1.key }.map { .write(StateLayout.message($0.key), $0.value.bytes) }
    changes += forgotten.sorted().map { .delete(StateLayout.message($0)) }
    if !requests.isEmpty {
      let answered = requests.map { key, first in
        RequestsFile.Request(
          principal: key.principal, key: key.key, digest: first.digest, at: first.at, instance: first.instance,
          message: first.message)
      }
      let file = RequestsFile(sequence: sequence, requests: answered)
      changes.append(.write(StateLayout.requests(sequence), file.bytes))
    }
    changes += forgottenKeys.map { .delete(StateLayout.requests($0)) }
    if store.tip == nil { changes.append(.write(StateLayout.format, FormatFile(repository: world.repository).bytes)) }
    changes.append(.write(StateLayout.runner, world.runnerFile.bytes))
    return changes
  }

  /// The parts by number.
  private func inOrder(_ body: (Part) throws -> Void) rethrows {
    for number in parts.keys.sorted() { if let part = parts[number] { try body(part) } }
  }

  var message: CommitMessage {
    var moved: [(InstanceID, [Entry])] = []
    inOrder { moved.append(($0.after.id, $0.entries)) }
    return CommitMessage(
      subject: CommitMessage.subject(
        moved, deploying: deploys.last { $0.report.isInForce }?.report.commit, messages: Array(messages.values),
        accepting: acceptance),
      sequence: sequence, term: world.term, deployed: world.deployment.commit)
  }
}

extension World {
  var runnerFile: RunnerFile {
    RunnerFile(nextNumber: nextNumber, sequence: sequence, term: term, deployed: deployment.commit, cursors: cursors)
  }
}

extension Batch.Part {
  fileprivate var place: StateLayout.Place { after.isArchivable ? .archive : .live }

  fileprivate func changes(to past: Snapshot?, _ recent: RecentFiles) throws -> [GitStore.Change] {
    let was: StateLayout.Place? = before.map { $0.isArchivable ? .archive : .live }
    var changes: [GitStore.Change] = []
    // All files of the instance move together.
    if let was, was != place { changes.append(.moveFiles(prefix(in: place), from: prefix(in: was))) }
    let old = try was.flatMap { place in
      let path = StateLayout.head(after.id, in: place)
      return try recent[path] ?? past?.read(path)
    }
    let files = try InstanceFile.update(old, adding: entries, giving: after, in: place)
    changes += files.map { .write($0.path, $0.bytes) }
    changes += try approvalViews { () throws -> [Entry] in
      guard let was, let past, let old else { return [] }
      return try StoredInstance(after.id, in: was, of: past, main: old).entries()
    }
    changes += evidence.map { .write(StateLayout.file(.evidence(event: $0.event), of: after.id, in: place), $0.bytes) }
    return changes
  }

  /// What the paths of all its files begin with.
  private func prefix(in place: StateLayout.Place) -> String {
    "\(StateLayout.folder(of: after.id.number, in: place))/\(after.id)."
  }

  /// Views of the approvals that the batch touched: pure functions of the timeline, written for people.
  ///
  /// - Parameter before: the events before the batch; asked only where there is something to show.
  private func approvalViews(after before: () throws -> [Entry]) throws -> [GitStore.Change] {
    let mentioned = entries.flatMap(\.event.approvalVisits)
    guard !mentioned.isEmpty else { return [] }
    let touched = approvalVisits.intersection(mentioned)
    guard !touched.isEmpty else { return [] }
    let all = try before() + entries
    return touched.sorted { ($0.step, $0.visit) < ($1.step, $1.visit) }.map { visit in
      .write(
        StateLayout.file(.approval(step: visit.step, visit: visit.visit), of: after.id, in: place),
        ApprovalView.render(step: visit.step, visit: visit.visit, of: after, from: all))
    }
  }
}

extension Batch.Part {
  /// Visits of approvals that were open before the batch or opened in it.
  private var approvalVisits: Set<VisitID> {
    var visits: Set<VisitID> = []
    for visit in before?.visits ?? [] {
      if case .approval = visit.work { visits.insert(VisitID(step: visit.step, visit: visit.number)) }
    }
    for entry in entries {
      switch entry.event {
      case .levelOpened(let opened): visits.insert(VisitID(step: opened.step, visit: opened.visit))
      case .levelSkipped(let step, let visit, _): visits.insert(VisitID(step: step, visit: visit))
      default: break
      }
    }
    return visits
  }
}

extension DeployPlan {
  fileprivate func changes(to store: any RecordStore, batch: Int) throws -> [GitStore.Change] {
    var changes: [GitStore.Change] = [.write(DeployReport.path(batch: batch), report.bytes)]
    if report.isDeployed {
      try store.walk(under: "deployed") { path, _ throws(StoreError) in
        if files[String(path.dropFirst("deployed/".count))] == nil { changes.append(.delete(path)) }
      }
    }
    changes += files.sorted { $0.key < $1.key }.map { .write(StateLayout.deployed($0.key), $0.value) }
    for (definition, text) in newVersions { changes += versionFiles(definition, text) }
    return changes
  }

  private func versionFiles(_ definition: DeployedWorkflow, _ text: [UInt8]) -> [GitStore.Change] {
    let name = definition.workflow.name
    let file = VersionFile(
      workflow: name, version: definition.version, language: definition.workflow.language, commit: report.commit,
      at: report.at, by: report.by, digest: definition.digest)
    return [
      .write(StateLayout.version(definition.version, of: name), file.bytes),
      .write(StateLayout.versionText(definition.version, of: name), text),
    ]
  }
}
