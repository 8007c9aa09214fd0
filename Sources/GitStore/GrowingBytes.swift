/// Bytes that grow at the end and keep their memory when emptied. Unlike an array, room can be filled by C without
/// being zeroed first.
struct GrowingBytes: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(capacity: Int) { memory = .allocate(byteCount: max(capacity, 64), alignment: 16) }

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  mutating func removeAll() { count = 0 }

  /// Lets `fill` write up to `room` bytes at the end and say how many it wrote.
  mutating func append(room: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) {
    reserve(room)
    count += fill(UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + room]))
  }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    memory[count] = byte
    count += 1
  }

  mutating func append(bigEndian number: UInt32) {
    append(room: 4) { room in
      room.storeBytes(of: number.bigEndian, as: UInt32.self)
      return 4
    }
  }

  mutating func append(bigEndian number: UInt64) {
    append(bigEndian: UInt32(truncatingIfNeeded: number >> 32))
    append(bigEndian: UInt32(truncatingIfNeeded: number))
  }

  mutating func append(_ id: ObjectID) {
    append(room: ObjectID.length) { room in
      if let start = room.baseAddress { id.store(at: start) }
      return ObjectID.length
    }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    append(room: bytes.count) { room in
      room.copyMemory(from: bytes)
      return bytes.count
    }
  }

  /// Overwrites four bytes at `place`.
  mutating func set(_ number: UInt32, at place: Int) {
    precondition(place + 4 <= count)
    memory.storeBytes(of: number.bigEndian, toByteOffset: place, as: UInt32.self)
  }

  private mutating func reserve(_ room: Int) {
    guard count + room > memory.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count + room, 2 * memory.count), alignment: 16)
    larger.copyMemory(from: bytes)
    memory.deallocate()
    memory = larger
  }
}
