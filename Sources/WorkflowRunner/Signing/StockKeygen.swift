import Foundation
import WorkflowFiles

/// Stock `ssh-keygen -Y verify`, for the kinds of keys that are not checked in this process.
enum StockKeygen {
  private static let program = "/usr/bin/ssh-keygen"

  static func verifies(_ armoured: String, by key: SSHKey, over message: [UInt8], for namespace: String) async -> Bool {
    let folder = FileManager.default.temporaryDirectory.appending(path: "writ-signature-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      let allowed = "signer namespaces=\"\(namespace)\" \(key.text)\n"
      for (name, bytes) in [
        ("allowed", Array(allowed.utf8)), ("signature", Array(armoured.utf8)), ("message", message),
      ] {
        try Data(bytes).write(to: folder.appending(path: name))
      }
      return try await run(in: folder, namespace) == 0
    } catch {
      return false
    }
  }

  private static func run(in folder: URL, _ namespace: String) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.currentDirectoryURL = folder
    process.arguments = ["-Y", "verify", "-f", "allowed", "-I", "signer", "-n", namespace, "-s", "signature"]
    process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "message"))
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return try await process.ended()
  }
}
