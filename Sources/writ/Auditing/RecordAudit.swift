import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowReports

/// Reads every decision out of a record, or of a clone of one: no server, no lock, no writing.
struct RecordAudit {
  /// In order of time.
  private(set) var decisions: [AuditedDecision] = []
  /// Files that could not be read, and why; an audit says what it could not see.
  private(set) var unread: [String] = []

  init(of path: String, _ filter: AuditFilter) throws {
    let view = try RecordView(of: path)
    guard let tip = view.tip else { return }
    let snapshot = try view.repository.snapshot(tip)
    for place in StateLayout.Place.allCases {
      var files: [InstanceID: [InstanceFileKind]] = [:]
      try snapshot.walk(under: place.rawValue) { path, _ throws(StoreError) in
        guard case .instance(let id, let kind, _)? = StatePath(path) else { return }
        files[id, default: []].append(kind)
      }
      for (id, kinds) in files { read(id, kinds, in: place, of: snapshot, filter) }
    }
    decisions.sort { ($0.at, $0.instance, $0.event) < ($1.at, $1.instance, $1.event) }
    unread.sort()
  }

  private mutating func read(
    _ id: InstanceID, _ files: [InstanceFileKind], in place: StateLayout.Place, of snapshot: Snapshot,
    _ filter: AuditFilter
  ) {
    do {
      let story = try InstanceStory(id, in: place, files: files, of: snapshot)
      decisions += AuditedDecision.all(in: story.entries).filter(filter.admits)
    } catch {
      unread.append("\(StateLayout.head(id, in: place)): \(error)")
    }
  }
}
