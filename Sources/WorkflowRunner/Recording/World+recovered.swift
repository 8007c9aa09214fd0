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
    for instance in try LiveHeads(store: store).read() { put(instance) }
    for id in try Self.latestArchived(in: store, before: nextNumber, limit: Self.endedKept).reversed() {
      put(try Self.head(of: id, in: .archive, store))
    }
  }

  static func head(of id: InstanceID, in place: StateLayout.Place, _ store: any RecordStore) throws -> Instance {
    let path = StateLayout.head(id, in: place)
    guard let bytes = try store.read(path) else { throw RecordGap(path: path) }
    return try head(id, bytes, in: place, store)
  }

  /// Most heads name no large values; only for those that do, their files are read.
  static func head(
    _ id: InstanceID, _ bytes: [UInt8], in place: StateLayout.Place, _ store: any RecordStore
  ) throws -> Instance {
    var values: [String: Value]?
    return try InstanceFile.readHead(bytes) { digest in
      if values == nil {
        let read = try? store.tip.map { try Timeline.storedValues(of: id, in: place, store.snapshot($0)) }
        values = read ?? [:]
      }
      return values?[digest]
    }.instance
  }

  /// The archived instances below a number, latest first.
  static func latestArchived(in store: any RecordStore, before number: Int, limit: Int) throws -> [InstanceID] {
    guard let tip = store.tip else { return [] }
    var search = LatestArchived(try store.snapshot(tip), before: number, limit: limit)
    return try search.find()
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
    guard let tip = store.tip else { return }
    let snapshot = try store.snapshot(tip)
    var files: [ObjectID] = []
    try snapshot.walk(under: "requests") { _, file throws(StoreError) in files.append(file.id) }
    for id in files {
      let file = try RequestsFile(try snapshot.blob(id))
      answered[file.sequence] = file.requests.map { RequestKey(principal: $0.principal, key: $0.key) }
      for request in file.requests where request.at.adding(Self.remembered) > now {
        requests[RequestKey(principal: request.principal, key: request.key)] = Answered(
          digest: request.digest, at: request.at, instance: request.instance, message: request.message,
          sequence: file.sequence)
      }
    }
    firstAnswered = answered.keys.min() ?? sequence + 1
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
