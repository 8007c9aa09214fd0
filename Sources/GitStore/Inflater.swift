internal import CDeflate

/// Reads zlib streams of known length. For one thread at a time.
final class Inflater {
  private let decompressor: OpaquePointer

  init() {
    guard let decompressor = libdeflate_alloc_decompressor() else { preconditionFailure("libdeflate has no memory") }
    self.decompressor = decompressor
  }

  deinit { libdeflate_free_decompressor(decompressor) }

  /// The `length` bytes that the stream at the beginning of `stream` holds; nil when it holds others.
  func inflate(_ stream: UnsafeRawBufferPointer, length: Int) -> [UInt8]? {
    // A deflate stream grows at most 1032-fold: a length beyond that is a lie, and no memory is asked for it.
    guard length / 1032 <= stream.count else { return nil }
    var isWhole = false
    let content = [UInt8](unsafeUninitializedCapacity: max(length, 1)) { output, filled in
      var consumed = 0
      let result = libdeflate_zlib_decompress_ex(
        decompressor, stream.baseAddress, stream.count, output.baseAddress, length, &consumed, nil)
      isWhole = result == LIBDEFLATE_SUCCESS
      filled = isWhole ? length : 0
    }
    return isWhole ? content : nil
  }
}
