extension StateStore {
  /// The ref as it lies on disk now, whoever moved it.
  package func tipOnDisk() throws(StoreError) -> ObjectID? {
    try StoreRefs(git: layout.git, disk: disk).read(StoreLayout.ref)
  }

  /// Keeps `foreign`, a tip that somebody else put, as `refs/writ/foreign/<id>`, and puts our tip `own` back. Both are
  /// durable afterwards.
  ///
  /// - Throws: ``StoreError/moved(expected:actual:)`` when the ref has gone on from `foreign`: look again.
  package func quarantineForeign(_ foreign: ObjectID, restoring own: ObjectID) throws(StoreError) {
    try withWriter { writer throws(StoreError) in
      try writer.moveRefs(endingAt: own) { refs throws(StoreError) in
        let kept = "refs/writ/foreign/\(foreign)"
        if try refs.read(kept) == nil { try refs.move(kept, from: nil, to: foreign) }
        try refs.move(StoreLayout.ref, from: foreign, to: own)
      }
    }
  }

  /// Puts our tip back where the ref was removed.
  package func restoreRemovedTip(_ own: ObjectID) throws(StoreError) {
    try withWriter { writer throws(StoreError) in
      try writer.moveRefs(endingAt: own) { refs throws(StoreError) in
        try refs.move(StoreLayout.ref, from: nil, to: own)
      }
    }
  }

  /// Tips that were kept as foreign.
  package func foreignTips() throws(StoreError) -> [ObjectID] {
    let names = try StoreRefs(git: layout.git, disk: disk).names(under: "refs/writ/foreign/")
    return names.compactMap { ObjectID(hex: $0) }.sorted()
  }
}

extension StateStore {
  /// Leaves the server's address and a secret (mode 0600) beside the lock, for the command line. ``close()`` removes them.
  package func announce(address: String, token: String) throws(StoreError) {
    try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
      try disk.replace(layout.token, with: Array("\(token)\n".utf8), mode: 0o600)
      try disk.replace(layout.address, with: Array("{\"address\": \"\(address)\"}\n".utf8))
    }
  }

  /// Who has the record at `path` open, by what the lock and address files say.
  package static func holder(at path: String) -> Holder { Holder(of: StoreLayout(folder: path)) }

  /// The secret that the record's server left for the command line.
  package static func token(at path: String) -> String? {
    guard let content = try? readFile(StoreLayout(folder: path).token) else { return nil }
    return String(decoding: content, as: UTF8.self).split(separator: "\n").first.map(String.init)
  }

  /// Keeps `git gc` away for another twelve hours; to be called more often than that.
  package func refreshGuard() throws(StoreError) {
    try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in try layout.refreshGuard(disk) }
  }
}
