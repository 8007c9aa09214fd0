/// Why bytes are not a JSON document that is accepted, or why a value cannot be written as one.
package struct JSONError: Error, Sendable, Hashable {
  /// A sentence without the place.
  package let message: String
  /// Bytes from the start of the document; nil when writing.
  package let offset: Int?

  package init(message: String, offset: Int? = nil) {
    self.message = message
    self.offset = offset
  }
}

/// What a document may grow to.
package struct JSONLimits: Sendable, Hashable {
  /// Lists and maps within each other.
  package var depth: Int
  package var bytes: Int

  package init(depth: Int = 64, bytes: Int = 64 << 20) {
    self.depth = depth
    self.bytes = bytes
  }
}
