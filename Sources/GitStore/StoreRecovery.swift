import Glibc

/// The steps of opening a record, each of which may be repeated after a crash in the middle of it.
struct StoreRecovery {
  let layout: StoreLayout
  let disk: Disk
  let refs: StoreRefs
  let checkpoint: Checkpoint

  init(_ layout: StoreLayout, _ disk: Disk) throws(StoreError) {
    self.layout = layout
    self.disk = disk
    refs = StoreRefs(git: layout.git, disk: disk)
    let content = try StoreError.wrapping(StoreError.unreadable) { () throws(Disk.Failure) in
      try readFile(layout.checkpoint)
    }
    checkpoint = content.flatMap(Checkpoint.init) ?? Checkpoint(isClosed: false, tip: nil, packs: [])
  }

  /// Removes what an interrupted writer leaves, by the names that only it uses.
  func removeTemporaries() throws(StoreError) {
    try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
      for folder in [layout.packs, layout.own, layout.git, layout.git + "/hooks"] {
        for name in names(in: folder) where name.hasSuffix(Disk.temporarySuffix) {
          try disk.unlink("\(folder)/\(name)")
        }
      }
      let ownLock = "\(layout.git)/\(StoreLayout.ref).lock"
      if exists(ownLock) { try disk.unlink(ownLock) }
      for name in names(in: layout.foreignRefs) where name.hasSuffix(".lock") {
        try disk.unlink("\(layout.foreignRefs)/\(name)")
      }
    }
  }

  /// Sets aside what is not whole, and after an unclean stop writes anew what no checkpoint vouches for.
  func mendPacks() throws(StoreError) -> (rewritten: [String], setAside: [String]) {
    var rewritten: [String] = []
    var setAside: [String] = []
    for name in layout.packNames(evenHalf: true).subtracting(checkpoint.packs).sorted() {
      if !isWhole(name) {
        try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in try setAsidePack(name) }
        setAside.append(name)
      } else if !checkpoint.isClosed {
        try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
          try disk.rewrite(layout.pack(name))
          try disk.rewrite(layout.index(name))
        }
        rewritten.append(name)
      }
    }
    return (rewritten, setAside)
  }

  /// Whether pack and index carry their own checksums, and the index that of the pack.
  private func isWhole(_ name: String) -> Bool {
    guard let pack = MappedFile(layout.pack(name)), let index = MappedFile(layout.index(name)),
      let checksum = pack.checksum, index.checksum != nil, let indexStart = index.bytes.baseAddress
    else { return false }
    return ObjectID(at: indexStart + index.bytes.count - 2 * ObjectID.length) == checksum
  }

  private func setAsidePack(_ name: String) throws(Disk.Failure) {
    for path in [layout.index(name), layout.pack(name)] where exists(path) {
      try disk.rename(path, to: "\(layout.aside)/\(path.split(separator: "/").last ?? "")")
    }
    try disk.syncFolder(layout.aside)
  }

  /// Nothing acknowledged may be missing: the tip can always be read, and where files were ever set aside, so can
  /// everything that is new since the checkpoint.
  func check(_ tip: ObjectID?, from source: some ObjectSource, lost: [String]) throws(StoreError) {
    guard let tip else { return }
    let deep = !checkpoint.isClosed && !names(in: layout.aside).isEmpty || !lost.isEmpty
    let walk = RecordWalk(source: source)
    if deep { try walk.check(tip, downTo: checkpoint.tip) } else { try walk.checkRoot(of: tip) }
  }

  /// Makes folders durable and opens the next checkpoint.
  func finish(_ tip: ObjectID?) throws(StoreError) {
    try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
      for folder in [layout.packs, layout.heads, layout.own] { try disk.syncFolder(folder) }
      try layout.refreshGuard(disk)
      let open = Checkpoint(isClosed: false, tip: tip, packs: layout.packNames())
      try disk.replace(layout.checkpoint, with: open.encoded)
    }
  }

  /// A record that has had a commit has a ref: without it everything would seem never to have been.
  func checkRef(_ tip: ObjectID?) throws(StoreError) {
    guard tip == nil, let last = rememberedTip ?? checkpoint.tip else { return }
    throw .damaged(
      "\(StoreLayout.ref) is gone; it was \(last): put it back by 'git update-ref \(StoreLayout.ref) \(last)'")
  }

  /// The newest commit that the last writer made, as far as the disk still knows.
  var rememberedTip: ObjectID? {
    guard let content = try? readFile(layout.rememberedTip) else { return nil }
    return ObjectID(hex: String(decoding: content.prefix(2 * ObjectID.length), as: UTF8.self))
  }
}

extension Disk {
  /// Writes the file at `path` anew, so that its bytes go to the disk again.
  func rewrite(_ path: String) throws(Failure) {
    guard let content = try readFile(path) else { return }
    try replace(path, with: content, mode: 0o444)
  }
}
