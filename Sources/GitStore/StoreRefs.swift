/// The refs of a record: loose files, and `packed-refs` where stock git may have put them.
struct StoreRefs {
  let git: String
  let disk: Disk

  /// Where the ref is; nil when there is none. A ref that is no id is damage.
  func read(_ name: String) throws(StoreError) -> ObjectID? {
    if let content = try contents("\(git)/\(name)") { return try Self.id(in: content, name) }
    guard let packed = try contents(git + "/packed-refs") else { return nil }
    for line in String(decoding: packed, as: UTF8.self).split(separator: "\n") where line.hasSuffix(" " + name) {
      return try Self.id(in: Array(line.utf8.prefix(2 * ObjectID.length)), name)
    }
    return nil
  }

  /// The names of the refs below `prefix`, which ends with a slash, loose or packed.
  func names(under prefix: String) throws(StoreError) -> Set<String> {
    let loose = GitStore.names(in: "\(git)/\(prefix)").filter { !$0.hasSuffix(".lock") }
    guard let packed = try contents(git + "/packed-refs") else { return Set(loose) }
    let lines = String(decoding: packed, as: UTF8.self).split(separator: "\n")
    let names = lines.compactMap { $0.split(separator: " ").last }.filter { $0.hasPrefix(prefix) }
    return Set(loose).union(names.map { String($0.dropFirst(prefix.count)) })
  }

  private func contents(_ path: String) throws(StoreError) -> [UInt8]? {
    try StoreError.wrapping(StoreError.unreadable) { () throws(Disk.Failure) in try readFile(path) }
  }

  private static func id(in content: [UInt8], _ name: String) throws(StoreError) -> ObjectID {
    let text = String(decoding: content, as: UTF8.self)
    guard let id = ObjectID(hex: text.last == "\n" ? text.dropLast() : text[...]) else {
      throw .damaged("\(name) is no commit id")
    }
    return id
  }

  /// Moves the ref from `old` (nil: it must not exist) to `new`, durably. Second barrier of a commit.
  func move(_ name: String, from old: ObjectID?, to new: ObjectID) throws(StoreError) {
    let path = "\(git)/\(name)"
    let lock = path + ".lock"
    do {
      try disk.makeFolders(parent(of: path))
      try Array("\(new)\n".utf8).withBytes { bytes throws(Disk.Failure) in try disk.writeNew(lock, [bytes]) }
    } catch { throw .notDone(error) }
    let actual: ObjectID?
    do { actual = try read(name) } catch {
      try? disk.unlink(lock)
      throw error
    }
    guard actual == old else {
      try? disk.unlink(lock)
      throw .moved(expected: old, actual: actual)
    }
    do {
      try disk.rename(lock, to: path)
      try disk.syncFolder(parent(of: path))
    } catch { throw .unknown(error) }
  }
}
