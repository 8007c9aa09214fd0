import Crypto
import Glibc

/// A file's bytes, mapped for reading. They stay readable after the file is unlinked.
final class MappedFile: Sendable {
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  /// Maps the file at `path`; nil when it is missing or empty.
  init?(_ path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0 else { return nil }
    let length = Int(status.st_size)
    guard let start = mmap(nil, length, PROT_READ, MAP_SHARED, file, 0), start != MAP_FAILED else { return nil }
    bytes = UnsafeRawBufferPointer(start: start, count: length)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}

extension MappedFile {
  /// The SHA-1 that ends a pack or an index, if it fits the bytes before it.
  var checksum: ObjectID? {
    guard bytes.count > 2 * ObjectID.length, let start = bytes.baseAddress else { return nil }
    var hash = Insecure.SHA1()
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes.dropLast(ObjectID.length)))
    let checksum = ObjectID(hash.finalize())
    return ObjectID(at: start + bytes.count - ObjectID.length) == checksum ? checksum : nil
  }
}

extension UnsafeRawBufferPointer {
  /// The big-endian number in the four bytes at `place`, which must lie within.
  func number(at place: Int) -> UInt32 {
    UInt32(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }
}
