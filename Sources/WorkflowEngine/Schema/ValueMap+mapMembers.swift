import CEL

extension ValueMap {
  /// The same keys; the values of those that are text changed.
  func mapMembers(_ transform: (String, Value) -> Value) -> ValueMap {
    ValueMap(
      entries: entries.map { entry in
        Entry(key: entry.key, value: entry.key.string.map { transform($0, entry.value) } ?? entry.value)
      })
  }
}
