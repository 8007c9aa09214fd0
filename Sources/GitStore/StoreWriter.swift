import Glibc

/// Writes commits: the one hand that changes a record. For one thread at a time.
final class StoreWriter {
  private let layout: StoreLayout
  private let disk: Disk
  private let refs: StoreRefs
  private let objects: StoreObjects
  private let builder = PackBuilder()
  private var index = GrowingBytes(capacity: 1 << 16)
  private var tree: WorkingTree?
  private(set) var tip: ObjectID?
  /// The error after which nothing more is written.
  private(set) var failure: Disk.Failure?
  private var isClosed = false
  private let rememberedTip: Int32
  private var commitsSinceCheckpoint = 0

  init(_ layout: StoreLayout, _ disk: Disk, tip: ObjectID?, objects: StoreObjects) throws(Disk.Failure) {
    self.layout = layout
    self.disk = disk
    self.tip = tip
    self.objects = objects
    refs = StoreRefs(git: layout.git, disk: disk)
    rememberedTip = try disk.open(layout.rememberedTip, O_WRONLY | O_CREAT)
  }

  deinit { close(rememberedTip) }

  /// Moves refs without making a commit; then the tip is `tip`.
  func moveRefs(
    endingAt tip: ObjectID, _ body: (StoreRefs) throws(StoreError) -> Void
  ) throws(StoreError) {
    if let failure { throw .stopped(failure) }
    do throws(StoreError) { try body(refs) } catch {
      note(error)
      throw error
    }
    self.tip = tip
    tree = nil
    remember()
  }

  func commit(
    _ changes: [Change], message: String, author: Signature, committer: Signature, on base: CommitBase,
    sign: CommitSigner?
  ) throws(StoreError) -> ObjectID {
    if let failure { throw .stopped(failure) }
    if isClosed { throw .refused("the record is closed") }
    if case .exactly(let expected) = base, expected != tip { throw .moved(expected: expected, actual: tip) }
    do {
      let id = try build(changes, message, author, committer, sign)
      try writePack()
      try refs.move(StoreLayout.ref, from: tip, to: id)
      tip = id
    } catch {
      note(error)
      tree = nil
      throw error
    }
    finishCommit()
    guard let tip else { preconditionFailure("a commit was made") }
    return tip
  }

  /// Stops the writer after an error that leaves the disk in doubt.
  func note(_ error: StoreError) {
    guard error.mustStop, failure == nil else { return }
    switch error {
    case .unknown(let cause), .notDone(let cause): failure = cause
    default: break
    }
  }
}

extension StoreWriter {
  /// Lets nothing more be written.
  func stop() { isClosed = true }

  /// Puts blobs, changed folders and the commit into the pack builder.
  private func build(
    _ changes: [Change], _ message: String, _ author: Signature, _ committer: Signature, _ sign: CommitSigner?
  ) throws(StoreError) -> ObjectID {
    let tree = try currentTree()
    builder.begin()
    var sink = builder
    for change in changes { try tree.apply(change, into: &sink) }
    let draft = CommitDraft(
      tree: try tree.seal(into: &sink), parents: tip.map { [$0] } ?? [], author: author, committer: committer,
      message: message)
    let raw = try draft.encoded(sign: sign)
    let id = ObjectID.of(.commit, raw)
    raw.withBytes { builder.add(id, .commit, $0) }
    return id
  }

  private func currentTree() throws(StoreError) -> WorkingTree {
    if let tree { return tree }
    var root: ObjectID?
    if let tip { root = try CommitInfo(reading: tip, from: objects).tree }
    let tree = try WorkingTree(root: root, source: objects)
    self.tree = tree
    return tree
  }

  /// First barrier: the pack, its index, and their names are durable.
  private func writePack() throws(StoreError) {
    let checksum = builder.finish()
    PackIndex.encode(builder.entries, packChecksum: checksum, into: &index)
    let name = "pack-\(checksum)"
    do { try layout.place(builder.bytes, index.bytes, as: name, disk) } catch { throw .notDone(error) }
    objects.add(name)
  }
}

extension StoreWriter {
  /// What may be done after a commit, and is no reason to deny it.
  private func finishCommit() {
    tree?.forget(unusedFor: 256, above: 20_000)
    remember()
    commitsSinceCheckpoint += 1
    guard commitsSinceCheckpoint >= 1024 else { return }
    do { try checkpoint(isClosed: false) } catch { note(.notDone(error)) }
  }

  /// Notes our last tip, without a sync: a cache that tells our own commits from others at the next start.
  private func remember() {
    guard let tip else { return }
    lseek(rememberedTip, 0, SEEK_SET)
    Array("\(tip)\n".utf8).withBytes { bytes in
      try? disk.write(bytes, to: rememberedTip, layout.rememberedTip)
    }
  }

  /// Notes that everything which lies there now is whole and durable.
  func checkpoint(isClosed: Bool) throws(Disk.Failure) {
    let checkpoint = Checkpoint(isClosed: isClosed, tip: tip, packs: layout.packNames())
    try disk.replace(layout.checkpoint, with: checkpoint.encoded)
    commitsSinceCheckpoint = 0
  }
}
