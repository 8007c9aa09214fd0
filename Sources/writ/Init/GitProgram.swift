import Foundation

/// Stock git, run where only it will do; what came from outside stands behind `--`.
struct GitProgram {
  let folder: String
  var environment: [String: String] = [:]

  /// What git tells its hooks about another repository than the one that is meant here.
  private static let elsewhere: Set = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH",
  ]

  /// - Returns: what it printed, without the last line feed.
  @discardableResult
  func run(_ arguments: String...) throws -> String {
    let (status, output, errors) = try outcome(arguments)
    guard status == 0 else {
      throw Complaint(.remoteFailed, "git \(arguments.first ?? "") failed", details: errors.isEmpty ? [] : [errors])
    }
    return output
  }

  func outcome(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder] + arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !Self.elsewhere.contains($0.key) }.merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw Complaint(.remoteFailed, "git cannot be started", hint: "apt install git")
    }
    // Errors are few; output may be long and is read first.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let words = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, Self.trimmed(text), Self.trimmed(words))
  }

  private static func trimmed(_ data: Data) -> String {
    String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
