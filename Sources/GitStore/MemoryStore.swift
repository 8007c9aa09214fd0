import Synchronization

/// A record in memory that gives the same ids as git: the twin of ``StateStore`` for simulations.
package final class MemoryStore: RecordStore {
  private let objects: MemoryObjects
  private let state: Mutex<(tip: ObjectID?, tree: ObjectID?)>
  private let key: [UInt8]

  package init() {
    objects = MemoryObjects([:])
    state = Mutex((nil, nil))
    key = PrivateKeys.random()
  }

  /// A record of its own that begins where `other` is now.
  package init(copyOf other: MemoryStore) {
    objects = MemoryObjects(other.objects.all)
    state = Mutex(other.state.withLock { $0 })
    key = other.key
  }

  package func privateKeys() -> [[UInt8]] { [key] }

  package var tip: ObjectID? { state.withLock { $0.tip } }

  package func commit(
    _ changes: [Change], message: String, author: Signature, committer: Signature, on base: CommitBase,
    sign: CommitSigner?
  ) throws(StoreError) -> ObjectID {
    try state.withLock { state throws(StoreError) in
      if case .exactly(let expected) = base, expected != state.tip {
        throw .moved(expected: expected, actual: state.tip)
      }
      let tree = try WorkingTree(root: state.tree, source: objects)
      var sink = objects
      for change in changes { try tree.apply(change, into: &sink) }
      let root = try tree.seal(into: &sink)
      let draft = CommitDraft(
        tree: root, parents: state.tip.map { [$0] } ?? [], author: author, committer: committer, message: message)
      let raw = try draft.encoded(sign: sign)
      let id = ObjectID.of(.commit, raw)
      raw.withUnsafeBytes { sink.add(id, .commit, $0) }
      state = (id, root)
      return id
    }
  }

  package func snapshot(_ commit: ObjectID) throws(StoreError) -> Snapshot {
    try Snapshot(commit, source: objects)
  }

  package func commitInfo(_ id: ObjectID) throws(StoreError) -> CommitInfo {
    try CommitInfo(reading: id, from: objects)
  }
}

/// Objects by id, for all time.
private final class MemoryObjects: ObjectSource, ObjectSink {
  typealias Object = (kind: ObjectKind, content: [UInt8])
  private let objects: Mutex<[ObjectID: Object]>

  init(_ objects: [ObjectID: Object]) { self.objects = Mutex(objects) }

  var all: [ObjectID: Object] { objects.withLock { $0 } }

  func content(of id: ObjectID, _ kind: ObjectKind) -> [UInt8]? {
    objects.withLock { objects in
      guard let object = objects[id], object.kind == kind else { return nil }
      return object.content
    }
  }

  func add(_ id: ObjectID, _ kind: ObjectKind, _ content: UnsafeRawBufferPointer) {
    objects.withLock { $0[id] = (kind, Array(content)) }
  }
}
