import GitStore

extension Signature {
  static func runner(at time: Int64) -> Signature { Signature(name: "Writ", email: "writ@localhost", time: time) }
}

extension RecordStore {
  /// Commits with fixed names, so that the same changes give the same ids anywhere.
  @discardableResult
  func commit(
    _ changes: [Change], _ message: String = "changes", at time: Int64 = 1_764_000_000, on base: CommitBase = .tip
  ) throws(StoreError) -> ObjectID {
    try commit(
      changes, message: message, author: .runner(at: time), committer: .runner(at: time), on: base, sign: nil)
  }

  func text(_ path: String) throws(StoreError) -> String? { try read(path).map { String(decoding: $0, as: UTF8.self) } }

  /// Every file at the tip with its text.
  func files() throws(StoreError) -> [String: String] {
    var files: [String: String] = [:]
    try walk(under: "") { path, _ throws(StoreError) in files[path] = try text(path) }
    return files
  }
}

extension Change {
  static func write(_ path: String, text: String) -> Change { .write(path, Array(text.utf8)) }
}
