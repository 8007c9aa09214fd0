import CEL
import Foundation
import GitStore
import Logging
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// A workflow repository with two processes, deployed by a real commit, and a runner on its record.
final class Bureau: Sendable {
  let scratch: Scratch
  let store: StateStore
  let runner: Runner

  init() async throws {
    scratch = try Scratch()
    let folder = scratch("work")
    for (path, text) in Self.files {
      let file = URL(fileURLWithPath: "\(folder)/\(path)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try run("git", "init", "--quiet", "--initial-branch=main", in: folder)
    try run("git", "add", "--all", in: folder)
    try run("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "go", in: folder)
    store = try StateStore.create(at: folder + "/state")
    runner = try Self.runner(on: store)
    let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    await Watcher(runner: runner, repository: try Repository.open(at: folder), logger: logger).look()
    guard runner.snapshot.deployment.workflow(named: "approval") != nil else { throw Failed(arguments: ["deploy"]) }
  }

  /// The record's folder.
  var state: String { scratch("work/state") }

  static func runner(on store: StateStore) throws -> Runner {
    try Runner(
      store: store, newRepository: String(repeating: "0", count: 32), clock: { SystemTime.now },
      zones: SystemZones().rules)
  }

  private static let files = [
    "people.yaml": """
    writ: 1
    roles: {employee: Everybody, boss: Bosses}
    people:
      anna: {name: Anna, email: anna@example.com, roles: [employee], manager: bob}
      bob: {name: Bob, email: bob@example.com, roles: [boss]}
    """,
    "writ.yaml": """
    writ: 1
    title: Benchmarks
    config: {shop: "https://shop.example"}
    workers: {reserve: [role:boss], charge: [role:boss], pack: [role:boss], ship: [role:boss]}
    """,
    "workflows/order.yaml": Processes.order,
    "workflows/automatic.yaml": Processes.automatic,
    "workflows/approval.yaml": Processes.approval,
  ]
}

enum SystemTime {
  static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
