import CEL
import GitStore
import HashTreeCollections
import WorkflowEngine
import WorkflowFiles

extension World {
  /// Recovery by reading: the same path at every start. Live heads are read, timelines are not.
  ///
  /// - Parameter newRepository: names a record that is empty yet.
  static func recovered(from store: any RecordStore, now: Timestamp, newRepository: String) throws -> World {
    var world = World()
    guard store.tip != nil, let bytes = try store.read(StateLayout.runner),
      let format = try store.read(StateLayout.format)
    else {
      world.repository = newRepository
      return world
    }
    world.repository = try FormatFile(format).repository
    let runner = try RunnerFile(bytes)
    world.nextNumber = runner.nextNumber
    world.sequence = runner.sequence
    world.term = runner.term + 1
    world.cursors = runner.cursors
    try world.readDeployment(from: store, commit: runner.deployed)
    try world.readInstances(from: store)
    try world.readMessages(from: store)
    world.errands += world.orphans
    try world.readRequests(from: store, now: now)
    return world
  }

  private mutating func readDeployment(
    from store: any RecordStore, commit: String?
  ) throws {
    let names = try store.list(DeployReport.folder).map(\.name).sorted().suffix(Deployment.reportsKept)
    for name in names.reversed() {
      guard let bytes = try store.read("\(DeployReport.folder)/\(name)") else { continue }
      deployment.reports.append(try DeployReport(bytes))
    }
    guard let commit else { return }
    deployment.commit = commit
    deployment.at = deployment.reports.first { $0.commit == commit }?.at
    let deployed = try RepositoryCheck.policy(of: DeployedTree(store: store))
    deployment.people = deployed.people
    deployment.settings = deployed.settings
    var texts: [(String, Int)] = []
    try store.walk(under: "versions") { path, _ throws(StoreError) in
      if case .versionText(let name, let version)? = StatePath(path) { texts.append((name, version)) }
    }
    for (name, version) in texts {
      guard let text = try store.read(StateLayout.versionText(version, of: name)) else { continue }
      guard
        let workflow = WorkflowReader.read(text, file: StateLayout.versionText(version, of: name), name: name).content
      else { continue }
      let definition = DeployedWorkflow(workflow: workflow, version: version, digest: Hex.sha256(text))
      deployment.versions[name, default: [:]][version] = definition
      if deployed.workflows.contains(name) { deployment.current[name] = max(version, deployment.current[name] ?? 0) }
    }
  }

  private mutating func readInstances(from store: any RecordStore) throws {
    var heads: [InstanceID] = []
    try store.walk(under: StateLayout.Place.live.rawValue) { path, _ throws(StoreError) in
      if case .instance(let id, .head, _)? = StatePath(path) { heads.append(id) }
    }
    for id in heads { put(try Self.head(of: id, in: .live, store)) }
    for id in try Self.latestArchived(in: store, before: nextNumber, limit: Self.endedKept) {
      put(try Self.head(of: id, in: .archive, store))
    }
  }

  static func head(of id: InstanceID, in place: StateLayout.Place, _ store: any RecordStore) throws -> Instance {
    let path = StateLayout.head(id, in: place)
    guard let bytes = try store.read(path) else { throw RecordGap(path: path) }
    // Most heads name no large values; those that do need their files first.
    guard try !InstanceFile.readValues(bytes).files.isEmpty else { return try InstanceFile.readHead(bytes).instance }
    let values = try Timeline.storedValues(of: id, in: place, store)
    return try InstanceFile.readHead(bytes, resolve: { values[$0] }).instance
  }

  /// The archived instances below a number, latest first.
  static func latestArchived(in store: any RecordStore, before number: Int, limit: Int) throws -> [InstanceID] {
    guard let tip = store.tip else { return [] }
    let snapshot = try store.snapshot(tip)
    var found: [InstanceID] = []
    var tens = (number - 1) / 10
    while tens >= 0, found.count < limit {
      let folder = StateLayout.folder(of: tens * 10, in: .archive)
      found += try snapshot.list(folder).compactMap { entry in
        guard case (let id, .head)? = InstanceFileKind.read(entry.name), id.number < number else { return nil }
        return id
      }.sorted(by: >)
      tens -= 1
    }
    return Array(found.prefix(limit))
  }

  private mutating func readMessages(from store: any RecordStore) throws {
    var paths: [String] = []
    try store.walk(under: "messages") { path, _ throws(StoreError) in paths.append(path) }
    for path in paths {
      guard let bytes = try store.read(path) else { continue }
      mailbox.put(try MessageFile(bytes))
    }
  }

  private mutating func readRequests(from store: any RecordStore, now: Timestamp) throws {
    var batches: [String] = []
    try store.walk(under: "requests") { path, _ throws(StoreError) in batches.append(path) }
    for path in batches {
      guard let bytes = try store.read(path) else { continue }
      let file = try RequestsFile(bytes)
      for request in file.requests where request.at.adding(.seconds(86_400)) > now {
        requests[RequestKey(principal: request.principal, key: request.key)] = Answered(
          digest: request.digest, at: request.at, instance: request.instance, message: request.message,
          sequence: file.sequence)
      }
    }
  }
}

/// The files under `deployed/`: the workflow repository as at the deployed commit.
struct DeployedTree: FileTree {
  let store: any RecordStore

  func files() throws -> [TreeFile] {
    var files: [TreeFile] = []
    try store.walk(under: "deployed") { path, _ throws(StoreError) in
      files.append(TreeFile(path: String(path.dropFirst("deployed/".count)), kind: .file))
    }
    return files
  }

  func read(_ path: String) throws -> [UInt8]? { try store.read(StateLayout.deployed(path)) }
}
