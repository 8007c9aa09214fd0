import Foundation

/// A folder on a real disk, removed with the value: figures of a file system in memory say nothing about durability.
final class Scratch: Sendable {
  let path: String

  init() throws {
    let parent = ProcessInfo.processInfo.environment["WRIT_BENCH_FOLDER"] ?? "/var/tmp"
    path = parent + "/writ-bench-\(UUID().uuidString.lowercased())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Bytes free for everybody where the folder lies.
  var free: Int {
    let values = try? URL(fileURLWithPath: path).resourceValues(forKeys: [.volumeAvailableCapacityKey])
    return values?.volumeAvailableCapacity ?? 0
  }
}

/// Runs a program to its end; its output is returned.
@discardableResult
func run(_ arguments: String..., in folder: String? = nil, input: String? = nil) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = arguments
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
  if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw Failed(arguments: arguments) }
  return text
}

struct Failed: Error { var arguments: [String] }
