import Foundation

/// A folder of its own for a test, removed with the value; in memory where the system offers that, as tests sync a lot.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    let memory = "/dev/shm"
    let parent = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    path = parent + "/writ-gitstore-\(UUID().uuidString.lowercased())"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}

/// The git that people have, run in a folder with none of the user's settings.
struct StockGit {
  let folder: String

  struct Result {
    let status: Int32
    let output: String
    let complaint: String
  }

  @discardableResult
  func callAsFunction(_ arguments: String..., input: Data? = nil) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C",
      "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
      "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]
    let files = (0..<3).map { _ in NSTemporaryDirectory() + "/writ-git-io-\(UUID().uuidString)" }
    for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    try input?.write(to: URL(fileURLWithPath: files[0]))
    process.standardInput = FileHandle(forReadingAtPath: files[0])
    process.standardOutput = FileHandle(forWritingAtPath: files[1])
    process.standardError = FileHandle(forWritingAtPath: files[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try String(contentsOfFile: files[1], encoding: .utf8),
      complaint: try String(contentsOfFile: files[2], encoding: .utf8))
  }
}
