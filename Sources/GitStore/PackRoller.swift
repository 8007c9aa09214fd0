/// Merges small packs into larger ones by copying their entries as they lie, level by level, so that reading stays fast
/// however many commits there are. For one thread at a time, beside the writer.
final class PackRoller {
  let layout: StoreLayout
  let disk: Disk
  let objects: StoreObjects
  /// Packs that nobody of ours reads any more, those of late and those from before the last ``removeRetired()``. Others may
  /// still be reading: a clone opens its packs once.
  private var retired: [String] = []
  private var leaving: [String] = []

  /// How many packs of a level are too many.
  static let width = 16
  /// Packs of this many bytes are left to the nightly maintenance.
  static let largest = 128 << 20
  /// So many packs, or bytes, are merged at once: a merge is built in memory.
  private static let (most, mostBytes) = (8 * width, 2 * largest)

  init(_ layout: StoreLayout, _ disk: Disk, _ objects: StoreObjects) {
    self.layout = layout
    self.disk = disk
    self.objects = objects
  }

  /// Merges the packs of the lowest level that has too many; returns how many packs were replaced.
  func roll() throws(StoreError) -> Int {
    let levels = Dictionary(grouping: objects.all.filter { $0.length < Self.largest }) { Self.level($0.length) }
    for level in levels.keys.sorted() {
      let candidates = (levels[level] ?? []).filter(\.hasNoDeltas)
      guard candidates.count >= Self.width else { continue }
      let merged = Self.first(candidates)
      try merge(merged)
      return merged.count
    }
    return 0
  }

  /// As many as are merged at once.
  private static func first(_ packs: [PackFile]) -> [PackFile] {
    var bytes = 0
    return Array(
      packs.prefix(most).prefix { pack in
        bytes += pack.length
        return bytes <= mostBytes
      })
  }

  /// Levels are eight-fold: up to 32 KiB, 256 KiB, 2 MiB, 16 MiB and more.
  private static func level(_ length: Int) -> Int {
    var level = 0
    var limit = 32 << 10
    while length > limit {
      level += 1
      limit <<= 3
    }
    return level
  }

  /// Removes the packs that were retired before the last call of this. The time between two calls is the grace that other
  /// readers have. A crash forgets what was retired: then such a pack is an ordinary one again, and is merged once more.
  func removeRetired() throws(StoreError) {
    do { try layout.remove(leaving, disk) } catch { throw .notDone(error) }
    leaving = retired
    retired = []
  }

  /// Takes packs out of use whose objects all lie elsewhere, durably.
  func retire(_ names: [String]) {
    objects.forget(names)
    retired += names
  }

  private func merge(_ packs: [PackFile]) throws(StoreError) {
    let builder = PackBuilder()
    for pack in packs { try pack.copy(into: builder) }
    let checksum = builder.finish()
    let name = "pack-\(checksum)"
    var index = GrowingBytes(capacity: 1 << 16)
    PackIndex.encode(builder.entries, packChecksum: checksum, into: &index)
    do { try layout.place(builder.bytes, index.bytes, as: name, disk) } catch { throw .notDone(error) }
    replace(packs, by: name)
  }
}

extension PackFile {
  /// The rows of the index with the bytes of their entries, in the order of the pack; nil when the index is broken.
  private func rows() -> [(row: Int, range: Range<Int>)]? {
    var starts: [(row: Int, offset: Int)] = []
    for row in 0..<count {
      guard let offset = offset(at: row) else { return nil }
      starts.append((row, offset))
    }
    starts.sort { $0.offset < $1.offset }
    return starts.indices.map { place in
      let end = place + 1 < starts.count ? starts[place + 1].offset : length - ObjectID.length
      return (starts[place].row, starts[place].offset..<end)
    }
  }

  /// Copies every entry, if it is what the index says.
  func copy(into builder: PackBuilder) throws(StoreError) {
    guard let rows = rows() else { throw .damaged("the index of \(name) cannot be read") }
    for (row, range) in rows {
      let entry = bytes(range)
      guard crc32(entry) == crc(at: row) else { throw .damaged("an entry of \(name) is not what its index says") }
      builder.copy(id(at: row), entry)
    }
  }
}
