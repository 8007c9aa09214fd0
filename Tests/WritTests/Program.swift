import Foundation

/// The built program, run as a process.
struct Program: Sendable {
  struct Outcome: Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Beside the test bundle, wherever the build put both.
  static let path: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let candidates = CommandLine.arguments.filter { $0.contains(".xctest") } + [bundle]
    let folders = candidates.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    let found = folders.map { $0.appending(path: "writ").path }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    return found ?? ".build/debug/writ"
  }()

  let folder: String
  /// Lives as long as somebody may run something in it.
  let home: TemporaryFolder

  var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging([
      "HOME": home.url.path, "GIT_CONFIG_GLOBAL": home.url.path + "/gitconfig", "GIT_CONFIG_NOSYSTEM": "1",
      "NO_COLOR": "1",
    ]) { $1 }
  }

  @discardableResult
  func callAsFunction(_ arguments: String...) async throws -> Outcome {
    try await run(Self.path, arguments)
  }

  @discardableResult
  func git(_ arguments: String...) async throws -> Outcome {
    try await run("/usr/bin/git", arguments)
  }

  func run(_ program: String, _ arguments: [String]) async throws -> Outcome {
    let process = process(program, arguments)
    let capture = FileManager.default.temporaryDirectory.appending(path: "writ-out-\(UUID().uuidString)")
    let (output, errors) = (capture.appendingPathExtension("out"), capture.appendingPathExtension("err"))
    for file in [output, errors] { FileManager.default.createFile(atPath: file.path, contents: nil) }
    defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    return Outcome(
      status: status, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  func process(_ program: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    return process
  }
}

/// A folder that goes away with the last who knows it.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "writ-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
