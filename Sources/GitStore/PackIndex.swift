import Crypto

/// The index of a pack, version 2: a fan-out by first byte, the sorted ids, their CRC-32s and offsets, and checksums.
enum PackIndex {
  struct Entry {
    let id: ObjectID
    /// Of the entry's bytes in the pack, header included.
    let crc: UInt32
    let offset: UInt64
  }

  /// `\377tOc`
  static let signature: UInt32 = 0xFF74_4F63
  static let headerLength = 8
  static let fanOutLength = 256 * 4
  /// Id, CRC-32 and offset.
  static let bytesPerEntry = ObjectID.length + 4 + 4
  /// Offsets from here on do not fit into 31 bits and go to a table of their own.
  private static let large: UInt64 = 1 << 31

  /// The bytes of the index for a pack with these entries and this trailer.
  static func encode(_ entries: [Entry], packChecksum: ObjectID, into index: inout GrowingBytes) {
    let sorted = entries.sorted { $0.id < $1.id }
    index.removeAll()
    index.append(bigEndian: signature)
    index.append(bigEndian: UInt32(2))
    appendFanOut(sorted, &index)
    for entry in sorted { index.append(entry.id) }
    for entry in sorted { index.append(bigEndian: entry.crc) }
    appendOffsets(sorted, &index)
    index.append(packChecksum)
    var hash = Insecure.SHA1()
    hash.update(bufferPointer: index.bytes)
    index.append(ObjectID(hash.finalize()))
  }

  private static func appendFanOut(_ sorted: [Entry], _ index: inout GrowingBytes) {
    var count = 0
    for byte in 0..<256 {
      while count < sorted.count, sorted[count].id.firstByte == byte { count += 1 }
      index.append(bigEndian: UInt32(count))
    }
  }

  private static func appendOffsets(_ sorted: [Entry], _ index: inout GrowingBytes) {
    var largeOffsets: [UInt64] = []
    for entry in sorted {
      if entry.offset < large {
        index.append(bigEndian: UInt32(entry.offset))
      } else {
        index.append(bigEndian: UInt32(large) | UInt32(largeOffsets.count))
        largeOffsets.append(entry.offset)
      }
    }
    for offset in largeOffsets { index.append(bigEndian: offset) }
  }
}
