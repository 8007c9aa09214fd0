import Glibc

extension Disk {
  /// Makes the file at `path`, which must not exist, with `content`, and syncs it.
  ///
  /// A file that could not be completed is removed. The folder is not synced: the file may vanish with a power cut until ``syncFolder(_:)``.
  func writeNew(_ path: String, _ content: [UnsafeRawBufferPointer], mode: mode_t = 0o644) throws(Failure) {
    let file = try open(path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
    defer { close(file) }
    do {
      for part in content { try writeInSlices(part, to: file, path) }
      try sync(file, path)
    } catch {
      try? unlink(path)
      throw error
    }
  }

  /// Writes large content slice by slice, each synced: whoever else syncs meanwhile, and that is the writer of commits, waits for
  /// one slice and not for all of a gigabyte.
  private func writeInSlices(_ content: UnsafeRawBufferPointer, to file: Int32, _ path: String) throws(Failure) {
    var rest = content[...]
    while rest.count > Self.slice {
      try write(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.slice)), to: file, path)
      try sync(file, path)
      rest = rest.dropFirst(Self.slice)
    }
    try write(UnsafeRawBufferPointer(rebasing: rest), to: file, path)
  }

  private static let slice = 4 << 20

  /// Puts `content` at `path` as a whole, durably: a reader sees the old file or the new one.
  func replace(_ path: String, with content: [UInt8], mode: mode_t = 0o644) throws(Failure) {
    let temporary = path + Disk.temporarySuffix
    try content.withBytes { bytes throws(Failure) in try writeNew(temporary, [bytes], mode: mode) }
    try moveIntoPlace(temporary, path)
    try syncFolder(parent(of: path))
  }

  /// Renames a complete temporary file, or removes it when that fails.
  func moveIntoPlace(_ temporary: String, _ path: String) throws(Failure) {
    do { try rename(temporary, to: path) } catch {
      try? unlink(temporary)
      throw error
    }
  }

  /// Makes the entries of the folder at `path` durable.
  func syncFolder(_ path: String) throws(Failure) {
    let folder = try open(path, O_RDONLY | O_DIRECTORY)
    defer { close(folder) }
    try sync(folder, path)
  }

  /// Makes the folder at `path` and the folders above it, each synced into the one above. Folders may exist.
  func makeFolders(_ path: String) throws(Failure) {
    if isFolder(path) { return }
    let above = parent(of: path)
    try makeFolders(above)
    do { try makeFolder(path) } catch  where error.code == EEXIST { return }
    try syncFolder(above)
  }

  /// What a file is called until it is complete. Recovery removes such files.
  static let temporarySuffix = ".writ-tmp"
}

/// The whole content of the file at `path`, or nil when there is none.
func readFile(_ path: String) throws(Disk.Failure) -> [UInt8]? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  if file < 0 {
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw Disk.Failure(call: .open, path: path, code: errno)
  }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0 else { throw Disk.Failure(call: .read, path: path, code: errno) }
  var failure: Disk.Failure?
  let content = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { bytes, filled in
    while filled < bytes.count, let start = bytes.baseAddress {
      let count = read(file, start + filled, bytes.count - filled)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { failure = Disk.Failure(call: .read, path: path, code: errno) }
      if count <= 0 { return }
      filled += count
    }
  }
  if let failure { throw failure }
  return content
}

/// The names in the folder at `path`, sorted, without `.` and `..`; empty when there is no such folder.
func names(in path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
      start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}

func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The folder that holds `path`.
func parent(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
