import Glibc

/// What the client was told, line by line, each with one call, so that a killed client's ledger is whole.
final class Ledger: Sendable {
  private let file: Int32

  init(_ path: String) throws {
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Misuse() }
  }

  deinit { close(file) }

  func note(_ words: String...) {
    let line = Array((words.joined(separator: " ") + "\n").utf8)
    _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  }
}
