import CEL

extension ValueMap {
  /// The entries whose keys are text, which is all that JSON has, in order of the keys.
  var members: [(name: String, value: Value)] {
    entries.compactMap { entry in entry.key.string.map { ($0, entry.value) } }
  }

  func mapMembers(_ transform: (String, Value) -> Value) -> ValueMap {
    ValueMap(
      entries: entries.map { entry in
        Entry(key: entry.key, value: entry.key.string.map { transform($0, entry.value) } ?? entry.value)
      })
  }
}
