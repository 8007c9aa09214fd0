import CEL
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowReports
import WorkflowRunner

extension Impact.Running {
  /// What runs as a record, or a clone of one, has it: no server is asked, nothing is locked or written.
  init(recordAt path: String) throws {
    self.init(versions: [:], current: [:], instances: [])
    let view = try RecordView(of: path)
    guard let tip = view.tip else { return }
    let snapshot = try view.repository.snapshot(tip)
    try readVersions(snapshot)
    var heads: [InstanceID] = []
    try snapshot.walk(under: StateLayout.Place.live.rawValue) { path, _ throws(StoreError) in
      if case .instance(let id, .head, _)? = StatePath(path) { heads.append(id) }
    }
    for id in heads.sorted() {
      let instance = try StoredInstance(id, of: snapshot).instance()
      if !instance.status.isEnded { instances.append(instance) }
    }
  }

  private mutating func readVersions(_ snapshot: Snapshot) throws {
    var deployed: Set<String> = []
    try snapshot.walk(under: "deployed/workflows") { path, _ throws(StoreError) in deployed.insert(path) }
    var texts: [(name: String, version: Int)] = []
    try snapshot.walk(under: "versions") { path, _ throws(StoreError) in
      if case .versionText(let name, let version)? = StatePath(path) { texts.append((name, version)) }
    }
    for (name, version) in texts {
      let path = StateLayout.versionText(version, of: name)
      guard let text = try snapshot.read(path),
        let workflow = WorkflowReader.read(text, file: path, name: name).content
      else { continue }
      versions[name, default: [:]][version] = DeployedWorkflow(
        workflow: workflow, version: version, digest: Hex.sha256(text))
      if deployed.contains(StateLayout.deployed("workflows/\(name).yaml")) {
        current[name] = max(version, current[name] ?? 0)
      }
    }
  }
}
