import Crypto

/// Builds one pack in memory: undeltified, blobs and commits deflated lightly, trees stored, because trees are hashes and
/// hardly compress. Format: git's `gitformat-pack`, version 2.
final class PackBuilder: ObjectSink {
  private var pack = GrowingBytes(capacity: 1 << 20)
  private(set) var entries: [PackIndex.Entry] = []
  private var known: Set<ObjectID> = []
  private let light = Deflater(level: 1)
  private let stored = Deflater(level: 0)

  init() { begin() }

  /// Forgets everything and starts a new pack in the same memory.
  func begin() {
    pack.removeAll()
    entries.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    pack.append(bigEndian: PackBuilder.signature)
    pack.append(bigEndian: UInt32(2))
    pack.append(bigEndian: UInt32(0))
  }

  /// `PACK`
  static let signature: UInt32 = 0x5041_434B
  static let headerLength = 12

  /// Adds an object, unless the pack has it.
  func add(_ id: ObjectID, _ kind: ObjectKind, _ content: UnsafeRawBufferPointer) {
    guard known.insert(id).inserted else { return }
    let start = pack.count
    appendHeader(kind, length: content.count)
    let deflater = kind == .tree ? stored : light
    pack.append(room: deflater.bound(content.count)) { deflater.deflate(content, into: $0) }
    let entry = UnsafeRawBufferPointer(rebasing: pack.bytes[start...])
    entries.append(PackIndex.Entry(id: id, crc: crc32(entry), offset: UInt64(start)))
  }

  /// Adds an entry of another pack as it lies there.
  func copy(_ id: ObjectID, _ entry: UnsafeRawBufferPointer) {
    guard known.insert(id).inserted else { return }
    entries.append(PackIndex.Entry(id: id, crc: crc32(entry), offset: UInt64(pack.count)))
    pack.append(entry)
  }

  /// Writes the count and the checksum, which also names the pack.
  func finish() -> ObjectID {
    pack.set(UInt32(entries.count), at: 8)
    var hash = Insecure.SHA1()
    hash.update(bufferPointer: pack.bytes)
    let checksum = ObjectID(hash.finalize())
    pack.append(checksum)
    return checksum
  }

  /// The pack's bytes, valid until the next change.
  var bytes: UnsafeRawBufferPointer { pack.bytes }

  /// Kind and length: four bits of length beside the kind, then seven bits a byte, least significant first.
  private func appendHeader(_ kind: ObjectKind, length: Int) {
    var rest = length >> 4
    var byte = kind.rawValue << 4 | UInt8(length & 15)
    while rest > 0 {
      pack.append(byte | 0x80)
      byte = UInt8(rest & 0x7F)
      rest >>= 7
    }
    pack.append(byte)
  }
}
