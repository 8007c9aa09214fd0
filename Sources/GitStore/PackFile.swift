/// One pack with its index, mapped: finds objects and reads those that are whole. From any thread.
///
/// Deltas, which only maintenance by stock git makes, are left to libgit2.
final class PackFile: Sendable {
  let name: String
  private let pack: MappedFile
  private let index: MappedFile
  /// How many objects there are.
  let count: Int

  /// Maps the pack called `name`; nil when one of its files is missing or has not the shape of one.
  init?(_ name: String, _ layout: StoreLayout) {
    guard let pack = MappedFile(layout.pack(name)), let index = MappedFile(layout.index(name)) else { return nil }
    let start = PackIndex.headerLength + PackIndex.fanOutLength
    guard index.bytes.count >= start + 2 * ObjectID.length, index.bytes.number(at: 0) == PackIndex.signature,
      index.bytes.number(at: 4) == 2, pack.bytes.count >= PackBuilder.headerLength + ObjectID.length,
      pack.bytes.number(at: 0) == PackBuilder.signature
    else { return nil }
    count = Int(index.bytes.number(at: start - 4))
    guard index.bytes.count >= start + count * PackIndex.bytesPerEntry + 2 * ObjectID.length else { return nil }
    self.name = name
    self.pack = pack
    self.index = index
  }

  /// How many bytes the pack has.
  var length: Int { pack.bytes.count }

  /// Where in the pack the object is.
  func find(_ id: ObjectID) -> Int? {
    let fanOut = PackIndex.headerLength
    var low = id.firstByte == 0 ? 0 : Int(index.bytes.number(at: fanOut + 4 * (id.firstByte - 1)))
    var high = min(Int(index.bytes.number(at: fanOut + 4 * id.firstByte)), count)
    while low < high {
      let middle = (low + high) / 2
      let candidate = self.id(at: middle)
      if candidate == id { return offset(at: middle) }
      if candidate < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private var idsStart: Int { PackIndex.headerLength + PackIndex.fanOutLength }

  /// The id in the index's row.
  func id(at row: Int) -> ObjectID {
    guard let start = index.bytes.baseAddress else { preconditionFailure("a mapped file has bytes") }
    return ObjectID(at: start + idsStart + row * ObjectID.length)
  }

  func crc(at row: Int) -> UInt32 { index.bytes.number(at: idsStart + count * ObjectID.length + row * 4) }

  /// The offset in the index's row; nil when the index is broken there.
  func offset(at row: Int) -> Int? {
    let offsets = idsStart + count * (ObjectID.length + 4)
    let small = index.bytes.number(at: offsets + row * 4)
    var offset = Int(small)
    if small >= 1 << 31 {
      let place = offsets + count * 4 + Int(small & (1 << 31 - 1)) * 8
      guard place + 8 <= index.bytes.count - 2 * ObjectID.length else { return nil }
      let high = index.bytes.number(at: place)
      guard high < 1 << 31 else { return nil }
      offset = Int(high) << 32 | Int(index.bytes.number(at: place + 4))
    }
    return PackBuilder.headerLength..<(length - ObjectID.length) ~= offset ? offset : nil
  }
}

extension PackFile {
  /// What an entry of a pack is made of.
  struct Entry {
    /// Nil for deltas and tags.
    let kind: ObjectKind?
    /// Of the object, uncompressed.
    let length: Int
    /// The zlib stream, and whatever follows it.
    let compressed: UnsafeRawBufferPointer
  }

  /// The entry at `offset`; nil when there is none. Valid while the pack lives.
  func entry(at offset: Int) -> Entry? {
    let end = length - ObjectID.length
    guard offset < end else { return nil }
    var place = offset
    var byte = pack.bytes[place]
    let kind = ObjectKind(rawValue: byte >> 4 & 7)
    var size = Int(byte & 15)
    var shift = 4
    while byte & 0x80 != 0 {
      place += 1
      guard place < end, shift < 48 else { return nil }
      byte = pack.bytes[place]
      size |= Int(byte & 0x7F) << shift
      shift += 7
    }
    let compressed = UnsafeRawBufferPointer(rebasing: pack.bytes[(place + 1)..<end])
    return Entry(kind: kind, length: size, compressed: compressed)
  }

  /// The bytes from `start` up to `end`, which is the next entry's offset.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: pack.bytes[range]) }
}
