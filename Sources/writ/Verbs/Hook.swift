import ArgumentParser
import CEL
import Foundation
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

struct Hook: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs as a hook of a git server that people push to.", subcommands: [PreReceive.self])
}

/// `hooks/pre-receive` of a bare repository is one line: `exec writ hook pre-receive`.
struct PreReceive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-receive",
    abstract: "Refuses a push that would not deploy, or decisions that could not count, and says why.",
    discussion: "git tells it on stdin what is pushed; nothing of it is there yet when it is refused.")

  func run() async throws {
    let examination = try examination()
    var objections: [String] = []
    while let line = readLine() {
      guard let ref = PushedRef(line) else { continue }
      objections += try await examination.objections(to: ref)
    }
    guard !objections.isEmpty else { return }
    for line in objections { Terminal.note("writ: \(line)") }
    throw ExitStatus.refused
  }

  private func examination() throws -> PushExamination {
    let environment = ProcessInfo.processInfo.environment
    let home = try Repository.open(at: environment["GIT_DIR"] ?? ".")
    let passing = try PassingRepository(borrowing: Self.objects(of: home, environment))
    let branch = home.headBranch ?? "main"
    let settings = Self.read("writ.yaml", branch, home).flatMap { SettingsReader.read($0).content } ?? Settings()
    let deployed = Self.read("people.yaml", settings.deployBranch, home)
    let people = deployed.flatMap { PeopleReader.read($0).content } ?? People()
    let zones = SystemZones()
    let policy = Policy(people: people, settings: settings, zones: { zones.rules($0) })
    let place = try Place(at: home.gitFolder)
    return PushExamination(
      passing: passing, deployBranch: settings.deployBranch, policy: policy,
      inbox: home.ref("refs/heads/\(Intake.branch)"),
      requests: place.hasRecord ? try OpenRequests(at: place.state, under: policy) : nil)
  }

  /// What is pushed lies apart until the push is taken; the environment says where.
  private static func objects(of home: Repository, _ environment: [String: String]) -> [String] {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
    let names = [environment["GIT_QUARANTINE_PATH"], environment["GIT_OBJECT_DIRECTORY"], home.gitFolder + "/objects"]
    return names.compactMap { $0 }.map { URL(fileURLWithPath: $0, relativeTo: here).standardizedFileURL.path }
  }

  private static func read(_ path: String, _ branch: String, _ home: Repository) -> [UInt8]? {
    guard let commit = home.ref("refs/heads/\(branch)") else { return nil }
    return try? CommitTree(repository: home, commit: commit).read(path)
  }
}
