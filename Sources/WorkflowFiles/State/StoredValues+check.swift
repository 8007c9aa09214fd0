package import CEL

/// Why a value from outside is not taken into an instance.
package struct StorageProblem: Error, Sendable, Hashable {
  /// RFC 6901 pointer to the place in the value.
  package var pointer: String
  /// One sentence without a full stop.
  package var message: String
}

extension StoredValues {
  /// Levels of lists and maps that a value from outside may have: below what the readers of the record allow.
  package static let depthLimit = 48
  /// Bytes of a key: readers of YAML find no longer ones.
  package static let keyLimit = 512

  /// Whether a value from outside (an input, a form, a message, a result) may be kept. `nil` if it may.
  package static func problem(in value: Value) -> StorageProblem? {
    if let problem = problem(in: value, at: "", depth: 0) { return problem }
    let size = content(of: value).count
    return size > limit
      ? StorageProblem(pointer: "", message: "\(size) bytes of values; at most \(limit) are kept") : nil
  }

  private static func problem(in value: Value, at pointer: String, depth: Int) -> StorageProblem? {
    guard depth <= depthLimit else {
      return StorageProblem(pointer: pointer, message: "nested more than \(depthLimit) deep")
    }
    switch value {
    case .list(let items):
      for (index, item) in items.enumerated() {
        if let problem = problem(in: item, at: "\(pointer)/\(index)", depth: depth + 1) { return problem }
      }
      return nil
    case .map(let map):
      for entry in map.entries {
        guard let key = entry.key.string else {
          return StorageProblem(pointer: pointer, message: "a key that is no text")
        }
        let place = pointer + "/" + key.escapedInPointer
        if let problem = problem(inKey: key, at: place) { return problem }
        if let problem = problem(in: entry.value, at: place, depth: depth + 1) { return problem }
      }
      return nil
    default: return nil
    }
  }

  private static func problem(inKey key: String, at pointer: String) -> StorageProblem? {
    if key.utf8.first == UInt8(ascii: "$") {
      return StorageProblem(pointer: pointer, message: "the key '\(key)' begins with '$', which is reserved")
    }
    if key.utf8.count > keyLimit {
      return StorageProblem(pointer: pointer, message: "a key of \(key.utf8.count) bytes; at most \(keyLimit)")
    }
    return nil
  }
}

extension String {
  fileprivate var escapedInPointer: String {
    var escaped = ""
    for character in self {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
