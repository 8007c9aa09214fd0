import Synchronization

/// One pack with its index, mapped: finds objects and reads them. From any thread.
final class PackFile: Sendable {
  let name: String
  private let pack: MappedFile
  private let index: MappedFile
  let bases = DeltaBases()
  /// Looked at once: a pack never changes, and large ones have millions of entries.
  private let isWhole = Mutex<Bool?>(nil)
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

  /// Whether every entry can be copied alone.
  var hasNoDeltas: Bool {
    isWhole.withLock { isWhole in
      if let isWhole { return isWhole }
      let answer = (0..<count).allSatisfy { row in
        guard let offset = offset(at: row), case .whole? = entry(at: offset)?.form else { return false }
        return true
      }
      isWhole = answer
      return answer
    }
  }

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
    enum Form {
      case whole(ObjectKind)
      /// A delta, on the object at this offset; nil when that is not in the pack.
      case delta(on: Int?)
    }
    let form: Form
    /// Of the object, or of the delta, uncompressed.
    let length: Int
    /// The zlib stream, and whatever follows it.
    let compressed: UnsafeRawBufferPointer
  }

  /// The entry at `offset`; nil when there is none, or one of a kind that a record does not have. Valid while the pack
  /// lives.
  func entry(at offset: Int) -> Entry? {
    let end = length - ObjectID.length
    guard offset < end else { return nil }
    var place = offset
    var byte = pack.bytes[place]
    let type = byte >> 4 & 7
    var size = Int(byte & 15)
    var shift = 4
    while byte & 0x80 != 0 {
      place += 1
      guard place < end, shift < 48 else { return nil }
      byte = pack.bytes[place]
      size |= Int(byte & 0x7F) << shift
      shift += 7
    }
    place += 1
    guard let form = form(type, entry: offset, at: &place), place < end else { return nil }
    return Entry(form: form, length: size, compressed: UnsafeRawBufferPointer(rebasing: pack.bytes[place..<end]))
  }

  /// Reads what stands between an entry's size and its stream: for deltas, what they are on.
  private func form(_ type: UInt8, entry: Int, at place: inout Int) -> Entry.Form? {
    if let kind = ObjectKind(rawValue: type) { return .whole(kind) }
    switch type {
    case 6: return distance(at: &place).map { .delta(on: $0 <= entry - PackBuilder.headerLength ? entry - $0 : nil) }
    case 7:
      guard place + ObjectID.length < length, let start = pack.bytes.baseAddress else { return nil }
      defer { place += ObjectID.length }
      return .delta(on: find(ObjectID(at: start + place)))
    default: return nil
    }
  }

  /// How far back the base of a delta is: seven bits a byte, most significant first, each but the last counted from 1.
  private func distance(at place: inout Int) -> Int? {
    var distance = 0
    for round in 0..<8 {
      guard place < length else { return nil }
      let byte = pack.bytes[place]
      place += 1
      distance = (round == 0 ? 0 : distance + 1) << 7 | Int(byte & 0x7F)
      if byte & 0x80 == 0 { return distance }
    }
    return nil
  }

  /// The bytes from `start` up to `end`, which is the next entry's offset.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: pack.bytes[range]) }
}
