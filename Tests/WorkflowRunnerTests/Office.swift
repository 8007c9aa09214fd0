import CEL
import Foundation
import GitStore
import Logging
import Synchronization
import WorkflowEngine
import WorkflowFiles

@testable import WorkflowRunner

/// A workflow repository in a temporary folder, driven with stock git, and a runner on it.
final class Office: Sendable {
  let folder: String
  let repository: Repository
  let store: any RecordStore
  let runner: Runner
  let clock: TestClock
  let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  static let zones = SystemZones()

  init(store: (any RecordStore)? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "writ-office-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Office.git(folder, "init", "--quiet", "--initial-branch=main")
    repository = try Repository.open(at: folder)
    self.store = try store ?? StateStore.create(at: folder + "/state")
    clock = TestClock()
    runner = try Runner(
      store: self.store, newRepository: "r1", clock: { [clock] in clock.now }, zones: Office.zones.rules)
    try write("people.yaml", Office.people)
    try write("writ.yaml", "writ: 1\ntitle: Test\n")
    try write("workflows/office/leave.yaml", Office.leave)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ path: String, _ text: String) throws {
    let file = URL(fileURLWithPath: folder).appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Commits everything as a person.
  func commit(_ message: String = "change", as person: String = "anna") throws {
    try Office.git(folder, "add", "--all", ":!state")
    try Office.git(folder, as: person, "commit", "--quiet", "--message", message)
  }

  func deploy() async { await Watcher(runner: runner, repository: repository, logger: logger).look() }

  func start(_ input: Value = ["days": 3], by person: PersonID = "anna") async throws -> Instance {
    try await runner.submit(Request(by: person, .start(workflow: "leave", input: input))).instance!
  }

  @discardableResult
  static func git(_ folder: String, as person: String = "anna", _ arguments: String...) throws -> String {
    try git(folder, as: person, arguments)
  }

  @discardableResult
  static func git(_ folder: String, as person: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
    process.arguments =
      ["-C", folder, "-c", "user.name=\(person)", "-c", "user.email=\(person)@example.com"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = Pipe()
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw GitFailure(arguments: arguments) }
    return text
  }

  struct GitFailure: Error { var arguments: [String] }

  static let people = """
    writ: 1
    roles: {employee: Everybody, boss: Bosses}
    people:
      anna: {name: Anna, email: anna@example.com, roles: [employee], manager: bob}
      bob: {name: Bob, email: bob@example.com, roles: [employee, boss]}
      carl: {name: Carl, email: carl@example.com, roles: [employee, boss], manager: bob}
    """

  static let leave = """
    writ: 1
    title: Leave
    owner: role:boss
    access: {start: [role:employee]}
    input:
      type: object
      required: [days]
      properties: {days: {type: integer, title: Days}}
    start: ok
    steps:
      ok:
        type: approval
        title: Approve the leave
        approvers: [role:boss]
        show: {Days: input.days}
        expires: 10d
        then: {approved: tell, rejected: no, returned: no, expired: no}
      tell: {type: notification, to: [initiator], subject: Granted, body: Enjoy., then: yes}
      yes: {type: end, outcome: granted}
      no: {type: end, outcome: refused}
    """
}

final class TestClock: Sendable {
  private let instant = Mutex(Timestamp(rfc3339: "2026-11-23T09:00:00Z")!)

  var now: Timestamp { instant.withLock { $0 } }

  func advance(_ duration: Duration) { instant.withLock { $0 = $0.adding(duration) } }
}

/// Answers every job and delivery as it is told.
struct ScriptedPerformer: Performer {
  var answer: @Sendable (Owed.Job) -> Performed = { _ in .done([:]) }

  func perform(_ job: Owed.Job, settings: Settings) async -> Performed { answer(job) }

  func deliver(
    _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
  ) async -> Performed { .done(.null) }
}
