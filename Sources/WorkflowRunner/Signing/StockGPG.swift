import CEL
import Foundation
import WorkflowFiles

/// Stock `gpg --verify`, with a home of its own that knows the keys of `people.yaml` and nothing else.
package enum StockGPG {
  package static let program = "/usr/bin/gpg"
  static let signature = "-----BEGIN PGP SIGNATURE-----"
  /// In bytes, of a signature in armour.
  private static let limit = 1 << 16

  enum Verdict {
    /// - name: the fingerprint of the primary key.
    case good(name: String)
    /// Signed with none of the keys.
    case unknown
    case bad(String)
    case noProgram
  }

  static func verdict(
    on armoured: String, over message: [UInt8], among keys: [OpenPGPKey], at moment: Timestamp?
  ) async -> Verdict {
    guard FileManager.default.isExecutableFile(atPath: program) else { return .noProgram }
    guard armoured.utf8.count <= limit else { return .bad("is too large") }
    let home = FileManager.default.temporaryDirectory.appending(path: "writ-gpg-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: home) }
    do {
      try FileManager.default.createDirectory(
        at: home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      for (index, key) in keys.enumerated() {
        try Data(key.text.utf8).write(to: home.appending(path: "key-\(index).asc"))
      }
      try Data(armoured.utf8).write(to: home.appending(path: "signature"))
      try Data(message).write(to: home.appending(path: "message"))
      _ = try await run(
        ["--import-options", "import-minimal", "--import"] + keys.indices.map { "key-\($0).asc" }, home)
      return read(try await run(time(moment) + ["--verify", "signature", "message"], home))
    } catch {
      return .bad("cannot be checked: \(error)")
    }
  }

  private static func time(_ moment: Timestamp?) -> [String] {
    // The mark at the end lets the clock stand still.
    moment.map { ["--faked-system-time", "\($0.seconds)!"] } ?? []
  }

  /// Exactly one signature, good and by a key that is good; whatever else gpg says of one.
  private static func read(_ status: String) -> Verdict {
    let words = status.split(separator: "\n").map { $0.split(separator: " ").dropFirst().map(String.init) }
    func all(_ name: String) -> [[String]] { words.filter { $0.first == name } }
    for (name, why) in [
      ("BADSIG", "does not fit: what was signed is something else"), ("EXPKEYSIG", "is by a key that has expired"),
      ("REVKEYSIG", "is by a key that its owner has revoked"), ("EXPSIG", "has expired"),
    ] where !all(name).isEmpty { return .bad(why) }
    if all("NEWSIG").count > 1 { return .bad("is not one signature") }
    if let lines = all("ERRSIG").first {
      // gpg's reason 9: it has no such key.
      return lines.count > 6 && lines[6] == "9" ? .unknown : .bad("cannot be checked: its kind is not one that counts")
    }
    guard all("GOODSIG").count == 1, let valid = all("VALIDSIG").first, all("VALIDSIG").count == 1, valid.count >= 11,
      ["00", "01"].contains(valid[9])
    else { return .bad("is none of a commit") }
    return .good(name: OpenPGPKey.name(valid[10]))
  }

  /// - Returns: the lines of gpg's status.
  private static func run(_ arguments: [String], _ home: URL) async throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.currentDirectoryURL = home
    process.environment = ["GNUPGHOME": home.path, "PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    process.arguments =
      [
        "--kill-after=1", "20", program, "--batch", "--no-options", "--no-autostart", "--no-auto-key-retrieve",
        "--disable-dirmngr", "--trust-model", "always", "--weak-digest", "SHA1", "--status-file", "status",
      ] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    _ = try await process.ended()
    let status = home.appending(path: "status")
    defer { try? FileManager.default.removeItem(at: status) }
    return String(decoding: try Data(contentsOf: status), as: UTF8.self)
  }
}
