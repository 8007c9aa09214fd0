extension StateStore {
  /// Makes an empty record in the folder at `path`, and opens it.
  ///
  /// - Throws: ``StoreError/notAStore(path:reason:)`` when the folder is another repository already.
  package static func create(at path: String, disk: Disk = Disk()) throws(StoreError) -> StateStore {
    let layout = StoreLayout(folder: path)
    guard !exists(layout.checkpoint) else { throw .notAStore(path: path, reason: "there is a record already") }
    guard !exists(layout.git + "/HEAD") || isFolder(layout.own) else {
      throw .notAStore(path: path, reason: "it is another git repository")
    }
    try StoreError.wrapping(StoreError.notDone) { () throws(Disk.Failure) in
      try layout.create(disk)
      let empty = Checkpoint(isClosed: true, tip: nil, packs: [])
      try disk.replace(layout.checkpoint, with: empty.encoded)
    }
    return try open(at: path, disk: disk)
  }

  /// Opens the record in the folder at `path`: takes the lock and recovers. The same path every time, no flag.
  ///
  /// - Throws: ``StoreError/held(_:)`` when another process has it, ``StoreError/damaged(_:)`` when something that was
  ///   acknowledged is missing.
  package static func open(at path: String, disk: Disk = Disk()) throws(StoreError) -> StateStore {
    try StateStore(try StoreOpening(StoreLayout(folder: path), disk))
  }

  /// Whether the folder at `path` holds a record.
  package static func isRecord(at path: String) -> Bool { exists(StoreLayout(folder: path).checkpoint) }
}
