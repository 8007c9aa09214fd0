/// The entries of a tree, read from git's bytes for it: `mode SP name NUL id`, in git's order.
///
/// Broken bytes end the sequence early; ``isIntact`` tells.
struct TreeEntries {
  struct Entry {
    let mode: FileMode
    /// Where the entry's bytes begin and end.
    let range: Range<Int>
    let name: UnsafeRawBufferPointer
    let id: ObjectID
  }

  let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether everything up to the end could be read.
  var isIntact: Bool { position == bytes.count }
}

extension TreeEntries: Sequence, IteratorProtocol {
  mutating func next() -> Entry? {
    var place = position
    var mode: UInt32 = 0
    while place < bytes.count, bytes[place] != UInt8(ascii: " ") {
      guard case 48...55 = bytes[place], mode < 0o1000000 else { return nil }
      mode = mode << 3 | UInt32(bytes[place] - 48)
      place += 1
    }
    let nameStart = place + 1
    guard nameStart < bytes.count, let base = bytes.baseAddress,
      let end = memoryPlace(of: 0, in: UnsafeRawBufferPointer(rebasing: bytes[nameStart...]))
    else { return nil }
    let idStart = nameStart + end + 1
    guard idStart + ObjectID.length <= bytes.count else { return nil }
    defer { position = idStart + ObjectID.length }
    return Entry(
      mode: FileMode(rawValue: mode), range: position..<idStart + ObjectID.length,
      name: UnsafeRawBufferPointer(rebasing: bytes[nameStart..<nameStart + end]), id: ObjectID(at: base + idStart))
  }
}

/// Git's order of tree entries: by bytes, a folder as if its name ended with a slash. Negative when `a` comes first.
func treeOrder(
  _ a: UnsafeRawBufferPointer, isFolder aIsFolder: Bool, _ b: UnsafeRawBufferPointer, isFolder bIsFolder: Bool
) -> Int {
  let common = compareMemory(a, b, count: min(a.count, b.count))
  if common != 0 { return common }
  func next(_ name: UnsafeRawBufferPointer, _ isFolder: Bool, after count: Int) -> Int {
    name.count > count ? Int(name[count]) : isFolder ? Int(UInt8(ascii: "/")) : 0
  }
  let count = min(a.count, b.count)
  return next(a, aIsFolder, after: count) - next(b, bIsFolder, after: count)
}
