extension Value {
  /// Reads one JSON document (RFC 8259, strictly).
  ///
  /// Whole numbers that fit an Int64 become `int`, all others `double`. Refused: a repeated key, nesting past the limit,
  /// a number beyond double's range, half a surrogate pair, bytes that are not UTF-8, anything after the document.
  package init(json bytes: some Collection<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    let result = bytes.withContiguousStorageIfAvailable { Value.read($0, limits) }
    self = try (result ?? Array(bytes).withUnsafeBufferPointer { Value.read($0, limits) }).get()
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) -> Result<Value, JSONError> {
    guard bytes.count <= limits.bytes else {
      return .failure(JSONError(message: "the document is larger than \(limits.bytes) bytes", offset: limits.bytes))
    }
    var reader = JSONReader(bytes: bytes, depthLimit: limits.depth)
    return Result { () throws(JSONError) in try reader.document() }
  }
}
