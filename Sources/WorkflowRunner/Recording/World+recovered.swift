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
    guard let past = try store.snapshot(), let bytes = try past.read(StateLayout.runner),
      let format = try past.read(StateLayout.format)
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
    try world.readDeployment(from: past, commit: runner.deployed)
    try world.readInstances(from: past)
    try world.readMessages(from: past)
    world.errands += world.orphans
    try world.readRequests(from: past, now: now)
    return world
  }

  private mutating func readDeployment(from past: Snapshot, commit: String?) throws {
    let names = try past.list(DeployReport.folder).map(\.name).sorted().suffix(Deployment.reportsKept)
    for name in names.reversed() {
      guard let bytes = try past.read("\(DeployReport.folder)/\(name)") else { continue }
      deployment.reports.append(try DeployReport(bytes))
    }
    guard let commit else { return }
    deployment.commit = commit
    deployment.at = deployment.reports.first { $0.commit == commit }?.at
    let deployed = try RepositoryCheck.policy(of: DeployedTree(past: past))
    deployment.people = deployed.people
    deployment.settings = deployed.settings
    var texts: [(String, Int)] = []
    try past.walk(under: "versions") { path, _ throws(StoreError) in
      if case .versionText(let name, let version)? = StatePath(path) { texts.append((name, version)) }
    }
    for (name, version) in texts {
      guard let text = try past.read(StateLayout.versionText(version, of: name)) else { continue }
      guard
        let workflow = WorkflowReader.read(text, file: StateLayout.versionText(version, of: name), name: name).content
      else { continue }
      let definition = DeployedWorkflow(workflow: workflow, version: version, digest: Hex.sha256(text))
      deployment.versions[name, default: [:]][version] = definition
      if deployed.workflows.contains(name) { deployment.current[name] = max(version, deployment.current[name] ?? 0) }
    }
  }

  private mutating func readInstances(from past: Snapshot) throws {
    for instance in try LiveHeads(past: past).read() { put(instance) }
    for instance in try past.latestArchived(before: nextNumber, limit: Self.endedKept).reversed() { put(instance) }
  }

  private mutating func readMessages(from past: Snapshot) throws {
    var files: [ObjectID] = []
    try past.walk(under: "messages") { _, file throws(StoreError) in files.append(file.id) }
    for id in files { mailbox.put(try MessageFile(try past.blob(id))) }
  }

  private mutating func readRequests(from past: Snapshot, now: Timestamp) throws {
    var files: [ObjectID] = []
    try past.walk(under: "requests") { _, file throws(StoreError) in files.append(file.id) }
    for id in files {
      let file = try RequestsFile(try past.blob(id))
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
  let past: Snapshot

  func files() throws -> [TreeFile] {
    var files: [TreeFile] = []
    try past.walk(under: "deployed") { path, _ throws(StoreError) in
      files.append(TreeFile(path: String(path.dropFirst("deployed/".count)), kind: .file))
    }
    return files
  }

  func read(_ path: String) throws -> [UInt8]? { try past.read(StateLayout.deployed(path)) }
}
