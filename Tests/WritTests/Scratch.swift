import Foundation

/// A workflow repository of its own for a test, made by `writ init`, with Ada at the keyboard.
struct Scratch: Sendable {
  let writ: Program
  var root: URL { writ.home.url }

  init() throws {
    let home = try TemporaryFolder()
    let folder = home.url.appending(path: "repository")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let config = "[user]\n\tname = Ada Lovelace\n\temail = ada@example.com\n"
    try config.write(to: home.url.appending(path: "gitconfig"), atomically: true, encoding: .utf8)
    writ = Program(folder: folder.path, home: home)
  }

  /// With the first workflow committed, and live unless said otherwise.
  static func begun(deployed: Bool = true) async throws -> Scratch {
    let scratch = try Scratch()
    try await scratch.writ("init")
    try await scratch.writ.git("add", "--all")
    try await scratch.writ.git("commit", "--quiet", "--message", "Begin")
    if deployed { try await scratch.writ("deploy") }
    return scratch
  }

  func write(_ text: String, to path: String) throws {
    try text.write(to: URL(fileURLWithPath: writ.folder).appending(path: path), atomically: true, encoding: .utf8)
  }

  func read(_ path: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: writ.folder).appending(path: path), encoding: .utf8)
  }
}

/// A server as a process of its own.
final class ServerProcess: Sendable {
  private let process: Process

  init(_ scratch: Scratch) async throws {
    let log = scratch.root.appending(path: "serve-\(UUID().uuidString).log")
    FileManager.default.createFile(atPath: log.path, contents: nil)
    process = scratch.writ.process(Program.path, ["serve", "--port", "0"])
    process.standardOutput = try FileHandle(forWritingTo: log)
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    let announced = try await eventually { try String(contentsOf: log, encoding: .utf8).contains("http://") }
    guard announced else { throw NoAnswer(log: try String(contentsOf: log, encoding: .utf8)) }
  }

  struct NoAnswer: Error { var log: String }

  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// - Returns: the exit code after SIGTERM.
  func end() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Asks again until it is so, for at most ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
  for _ in 0..<200 {
    if try await condition() { return true }
    try await Task.sleep(for: .milliseconds(50))
  }
  return false
}
