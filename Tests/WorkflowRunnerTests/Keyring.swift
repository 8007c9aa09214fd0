import Foundation
import WorkflowFiles

/// Key pairs in a folder, made and used by stock `ssh-keygen`.
final class Keyring: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "writ-keys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// - Returns: the public key as people.yaml takes it.
  @discardableResult
  func make(_ name: String, _ type: String...) throws -> String {
    try run("-q", "-t", type.first ?? "ed25519", "-N", "", "-C", "", "-f", path(name))
    return try publicKey(name)
  }

  func publicKey(_ name: String) throws -> String {
    try String(contentsOfFile: path(name) + ".pub", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func sign(_ bytes: [UInt8], with name: String, for namespace: String = DecisionDocument.namespace) throws -> String {
    let file = path("message-\(UUID().uuidString)")
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    try run("-q", "-Y", "sign", "-f", path(name), "-n", namespace, file)
    return try String(contentsOfFile: file + ".sig", encoding: .utf8)
  }

  private func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Office.GitFailure(arguments: arguments) }
  }
}
