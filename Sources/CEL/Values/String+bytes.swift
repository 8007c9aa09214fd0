extension String {
  /// Equality of the UTF-8 bytes: "é" in one scalar and in two are different texts.
  package func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes(of: other) { left, right in
      for index in left.indices where left[index] != right[index] { return false }
      return true
    } ?? utf8.elementsEqual(other.utf8)
  }

  /// Order of the UTF-8 bytes, which is the order of the scalars.
  package func precedesInBytes(_ other: String) -> Bool {
    withBytes(of: other) { left, right in
      for index in 0..<Swift.min(left.count, right.count) where left[index] != right[index] {
        return left[index] < right[index]
      }
      return left.count < right.count
    } ?? utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// nil if one of the strings does not lie in memory as UTF-8; Swift's own strings do.
  private func withBytes<Result>(
    of other: String, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in body(left, right) }
    }.flatMap(\.self)
  }

  func hashBytes(into hasher: inout Hasher) {
    var copy = self
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }
}
