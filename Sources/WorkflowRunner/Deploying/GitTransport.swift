import Foundation
import GitStore

/// Runs stock git where only it will do: transport over the network, with people's own credential helpers.
struct GitTransport: Sendable {
  let repository: Repository

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// - Parameter arguments: what came from outside stands behind `--`.
  func run(_ arguments: [String]) async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
    process.arguments = ["--git-dir", repository.gitFolder] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { ended in
        let words = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
        ended.terminationStatus == 0
          ? done.resume() : done.resume(throwing: Failure(description: words.trimmingCharacters(in: .whitespacesAndNewlines)))
      }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
  }
}
