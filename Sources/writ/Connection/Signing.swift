import ArgumentParser
import CEL
import Foundation
import GitStore
import WorkflowEngine
import WorkflowFiles
import WorkflowRunner

/// Signs a decision with the person's own key, as `git commit -S` does it: a file, or what the ssh-agent holds.
struct SigningOption: ParsableArguments {
  @Flag(help: "Sign with your key: git's user.signingkey, or what --key names.")
  var sign = false

  @Option(
    help: ArgumentHelp(
      "Sign with this key: a private key, or a public one that the ssh-agent holds.", valueName: "file"))
  var key: String?

  var isWanted: Bool { sign || key != nil }

  /// - Returns: the signature in armour.
  func sign(_ document: DecisionDocument, in place: Place) throws -> SignedDecision {
    let folder = FileManager.default.temporaryDirectory.appending(path: "writ-sign-\(Secret.make().prefix(16))")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "decision")
    try Data(document.bytes).write(to: file)
    try run([
      "-Y", "sign", "-q", "-n", DecisionDocument.namespace, "-f", try keyFile(in: folder, place), file.path,
    ])
    let signature = try String(contentsOf: folder.appending(path: "decision.sig"), encoding: .utf8)
    return SignedDecision(document: document.bytes, signature: signature)
  }

  /// git takes a path, or the public key itself behind `key::`.
  private func keyFile(in folder: URL, _ place: Place) throws -> String {
    let configured = try? GitProgram(folder: place.folder).outcome(["config", "--get", "user.signingkey"]).output
    guard let name = key ?? configured, !name.isEmpty else {
      throw Complaint(
        .notAllowed, "there is no key to sign with",
        hint: "name it: --key ~/.ssh/id_ed25519, or once: git config user.signingkey ~/.ssh/id_ed25519.pub")
    }
    let literal = name.hasPrefix("key::") ? String(name.dropFirst(5)) : name
    guard SSHKey(line: literal) == nil else {
      let file = folder.appending(path: "key.pub")
      try Data((literal + "\n").utf8).write(to: file)
      return file.path
    }
    let path = NSString(string: name).expandingTildeInPath
    guard FileManager.default.fileExists(atPath: path) else {
      throw Complaint(.notFound, "there is no key at \(path)", hint: "ssh-keygen -t ed25519 makes one")
    }
    return path
  }

  /// At the terminal it may ask for the key's passphrase, or for a touch.
  private func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["ssh-keygen"] + arguments
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    do { try process.run() } catch {
      throw Complaint(.remoteFailed, "ssh-keygen cannot be started", hint: "apt install openssh-client")
    }
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Complaint(
        .notAllowed, "the decision could not be signed", hint: "ssh-add -l lists the keys that the agent holds",
        details: words.split(separator: "\n").map(String.init))
    }
  }
}
