import Foundation
import GitStore

/// Runs stock git where only it will do: transport over the network, with people's own credential helpers.
struct GitTransport: Sendable {
  let gitFolder: String

  init(gitFolder: String) { self.gitFolder = gitFolder }

  init(repository: Repository) { self.init(gitFolder: repository.gitFolder) }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// A network that goes silent holds nothing up for longer; in seconds.
  private static let patience = 600

  /// - Parameter arguments: what came from outside stands behind `--`.
  func run(_ arguments: [String]) async throws {
    let process = process(["--git-dir", gitFolder] + arguments)
    process.arguments = ["--kill-after=5", "\(Self.patience)", Self.git] + (process.arguments ?? [])
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    _ = try await process.ended()
    try Self.check(process)
  }

  /// What git prints, without the line feed at its end. On a thread that may wait.
  ///
  /// - Parameter input: a file that it reads.
  func output(_ arguments: [String], input: String) throws -> String {
    let process = process(["--git-dir", gitFolder] + arguments)
    let output = Pipe()
    process.standardInput = FileHandle(forReadingAtPath: input)
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try Self.check(process)
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The one thing that is ever written in people's working trees.
  func fastForward(_ folder: String, to commit: ObjectID) throws {
    let process = process(["-C", folder, "merge", "--ff-only", "--quiet", commit.description])
    try process.run()
    process.waitUntilExit()
    try Self.check(process)
  }

  private static let git = "/usr/bin/git"

  private func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.git)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = Pipe()
    return process
  }

  private static func check(_ process: Process) throws {
    guard process.terminationStatus != 0 else { return }
    let words = (process.standardError as? Pipe).map {
      String(decoding: $0.fileHandleForReading.availableData, as: UTF8.self)
    }
    throw Failure(description: (words ?? "git failed").trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
