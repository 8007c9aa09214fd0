/// Git's objects outside any repository, each under the name that its own content gives it: what is kept as evidence.
package struct KeptObjects: Sendable {
  private var source = Source()

  package init() {}

  /// - Returns: the object's id, computed from its content.
  @discardableResult
  package mutating func add(_ kind: ObjectKind, _ content: [UInt8]) -> ObjectID {
    let id = ObjectID.of(kind, content)
    source.contents[id] = (kind, content)
    return id
  }

  /// `nil` where it is missing, or no commit.
  package func commit(_ id: ObjectID) -> CommitInfo? {
    guard let raw = try? source.content(of: id, .commit) else { return nil }
    return CommitInfo(id: id, raw: raw)
  }

  /// The file at a path of the commit, down from its tree; `nil` where an object on the way is missing.
  package func read(_ path: String, in commit: ObjectID) -> [UInt8]? {
    try? Snapshot(commit, source: source).read(path)
  }

  private struct Source: ObjectSource {
    var contents: [ObjectID: (kind: ObjectKind, content: [UInt8])] = [:]

    func content(of id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> [UInt8]? {
      contents[id].flatMap { $0.kind == kind ? $0.content : nil }
    }
  }
}
