/// A map with a deterministic order: entries lie sorted by key, and a key is found by binary search.
///
/// Made for the small maps of JSON documents; inserting one key into a map of n is O(n).
package struct ValueMap: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package let key: MapKey
    package var value: Value

    package init(key: MapKey, value: Value) {
      self.key = key
      self.value = value
    }
  }

  /// Sorted by key, without duplicates.
  package private(set) var entries: [Entry]

  package init() {
    entries = []
  }

  /// Up to so many entries, looking at each is faster than searching.
  private static let scanLimit = 8

  /// The last value of a repeated key wins.
  package init(_ pairs: some Sequence<(String, Value)>) {
    self.init(entries: pairs.map { Entry(key: .string($0.0), value: $0.1) })
  }

  /// The last value of a repeated key wins.
  package init(entries unsorted: [Entry]) {
    entries = unsorted
    guard !entries.isStrictlyAscending else { return }
    let order = entries.indices.sorted {
      entries[$0].key == entries[$1].key ? $0 < $1 : entries[$0].key < entries[$1].key
    }
    var kept: [Entry] = []
    kept.reserveCapacity(order.count)
    for index in order {
      if kept.last?.key == entries[index].key { kept.removeLast() }
      kept.append(entries[index])
    }
    entries = kept
  }

  package var count: Int { entries.count }
  package var isEmpty: Bool { entries.isEmpty }

  /// The keys that are strings, in order.
  package var keys: [String] { entries.compactMap(\.key.string) }

  package subscript(key: String) -> Value? {
    get {
      if entries.count <= ValueMap.scanLimit {
        for entry in entries {
          if case .string(let found) = entry.key, found.hasSameBytes(as: key) { return entry.value }
        }
        return nil
      }
      return self[.string(key)]
    }
    set { self[.string(key)] = newValue }
  }

  package subscript(key: MapKey) -> Value? {
    get {
      let index = position(of: key)
      return index < entries.count && entries[index].key == key ? entries[index].value : nil
    }
    set {
      let index = position(of: key)
      let isPresent = index < entries.count && entries[index].key == key
      switch (isPresent, newValue) {
      case (true, let value?): entries[index].value = value
      case (true, nil): entries.remove(at: index)
      case (false, let value?): entries.insert(Entry(key: key, value: value), at: index)
      case (false, nil): break
      }
    }
  }

  package func removing(_ key: String) -> ValueMap {
    var copy = self
    copy[key] = nil
    return copy
  }

  /// Both maps together; where both have a key, the other's value wins.
  package func merging(_ other: ValueMap) -> ValueMap {
    if isEmpty { return other }
    return ValueMap(entries: entries + other.entries)
  }

  private func position(of key: MapKey) -> Int {
    if case .string(let text) = key { return position(of: text) }
    return firstIndex { $0 < key }
  }

  private func position(of key: String) -> Int {
    firstIndex {
      if case .string(let text) = $0 { text.precedesInBytes(key) } else { true }
    }
  }

  /// The first index whose key is not before the one that is looked for.
  private func firstIndex(isBefore: (MapKey) -> Bool) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(entries[middle].key) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ValueMap: Sequence {
  package func makeIterator() -> some IteratorProtocol<(key: MapKey, value: Value)> {
    entries.lazy.map { (key: $0.key, value: $0.value) }.makeIterator()
  }
}

extension ValueMap: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Value)...) {
    self.init(elements)
  }
}

extension [ValueMap.Entry] {
  fileprivate var isStrictlyAscending: Bool {
    zip(self, dropFirst()).allSatisfy { $0.key < $1.key }
  }
}
