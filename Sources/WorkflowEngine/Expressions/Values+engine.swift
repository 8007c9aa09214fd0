package import CEL

extension ValueMap {
  /// The entries whose keys are texts: all of them, in stored data.
  package var stringPairs: [(String, Value)] {
    entries.compactMap { entry in entry.key.string.map { ($0, entry.value) } }
  }
}

extension Timestamp {
  /// Later by the duration; held at the ends of the calendar.
  package func adding(_ duration: Duration) -> Timestamp {
    self + duration ?? (duration < .zero ? .earliest : .latest)
  }
}
