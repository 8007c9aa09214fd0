internal import CDeflate

/// A zlib stream writer of one level, with its tables kept between uses. For one thread at a time.
final class Deflater {
  private let compressor: OpaquePointer

  /// Level 0 stores; level 1 is fast.
  init(level: Int32) {
    guard let compressor = libdeflate_alloc_compressor(level) else {
      preconditionFailure("libdeflate has no memory for level \(level)")
    }
    self.compressor = compressor
  }

  deinit { libdeflate_free_compressor(compressor) }

  /// The most bytes that ``deflate(_:into:)`` needs for `count` bytes.
  func bound(_ count: Int) -> Int { libdeflate_zlib_compress_bound(compressor, count) }

  /// Writes `bytes` as a zlib stream to `output`, which has at least ``bound(_:)`` bytes, and returns its length.
  func deflate(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
    let count = libdeflate_zlib_compress(
      compressor, bytes.baseAddress, bytes.count, output.baseAddress, output.count)
    precondition(count > 0, "the bound of libdeflate holds")
    return count
  }
}

func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 { libdeflate_crc32(0, bytes.baseAddress, bytes.count) }
