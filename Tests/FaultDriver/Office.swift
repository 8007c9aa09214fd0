import CEL
import Foundation
import GitStore
import Logging
import WorkflowFiles
import WorkflowRunner

/// A workflow repository with two processes, and its record.
enum Office {
  static let logger = Logger(label: "faults") { _ in SwiftLogNoOpLogHandler() }

  static func found(at folder: String) async throws {
    for (path, text) in files {
      let file = URL(fileURLWithPath: "\(folder)/\(path)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try git(folder, "init", "--quiet", "--initial-branch=main")
    try git(folder, "add", "--all")
    try git(folder, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "go")
    let store = try StateStore.create(at: folder + "/state")
    let runner = try runner(on: store)
    await Watcher(runner: runner, repository: try Repository.open(at: folder), logger: logger).look()
    guard runner.snapshot.deployment.workflow(named: "order") != nil else { throw Misuse() }
    try store.close()
  }

  static func runner(on store: any RecordStore) throws -> Runner {
    try Runner(
      store: store, newRepository: String(repeating: "0", count: 32),
      clock: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }, zones: SystemZones().rules)
  }

  private static func git(_ folder: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
    process.arguments = ["-C", folder] + arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Misuse() }
  }

  private static let files = [
    "people.yaml": """
    writ: 1
    roles: {employee: Everybody, boss: Bosses}
    people:
      anna: {name: Anna, email: anna@example.com, roles: [employee], manager: bob}
      bob: {name: Bob, email: bob@example.com, roles: [boss]}
    """,
    "writ.yaml": "writ: 1\ntitle: Faults\nconfig: {shop: \"https://shop.example\"}\n",
    "workflows/order.yaml": """
    writ: 1
    title: Order
    owner: role:boss
    access: {start: [role:employee]}
    input: {type: object, required: [marker], properties: {marker: {type: string}}}
    start: charge
    steps:
      charge: {type: service, uses: http, with: {url: "${config.shop}/charge"}, then: approve}
      approve:
        type: approval
        approvers: [role:boss]
        then: {approved: shipped, rejected: dropped, returned: dropped}
      shipped: {type: end, outcome: shipped}
      dropped: {type: end, outcome: dropped}
    """,
  ]
}
