extension Value {
  /// The canonical bytes: keys sorted by UTF-8, no spaces, whole numbers as digits, doubles shortest with `.` or `e`.
  ///
  /// Decimals, timestamps, durations and bytes (base64) are written as their canonical texts, keys that are no text as
  /// theirs. Texts, keys included, are written as they are: normalising a key would change what it names, and reading
  /// the bytes back gives an equal value only this way.
  ///
  /// - Throws: for NaN and infinity, optionals, types, nesting past 64, and two keys with the same text.
  package func canonicalJSON() throws(JSONError) -> [UInt8] {
    var bytes: [UInt8] = []
    try appendCanonicalJSON(to: &bytes)
    return bytes
  }

  /// Appends what ``canonicalJSON()`` returns.
  package func appendCanonicalJSON(to bytes: inout [UInt8]) throws(JSONError) {
    try appendCanonicalJSON(to: &bytes, depth: JSONLimits().depth)
  }

  private func appendCanonicalJSON(to bytes: inout [UInt8], depth: Int) throws(JSONError) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .int(let value): bytes.append(contentsOf: String(value).utf8)
    case .uint(let value): bytes.append(contentsOf: String(value).utf8)
    case .double(let value):
      guard value.isFinite else { throw JSONError(message: "\(value) cannot be stored") }
      bytes.append(contentsOf: value.description.utf8)
    case .string(let value): value.appendJSON(to: &bytes)
    case .decimal(let value): value.description.appendJSON(to: &bytes)
    case .timestamp(let value): value.description.appendJSON(to: &bytes)
    case .duration(let value): value.celText.appendJSON(to: &bytes)
    case .bytes(let value): Base64.encode(value).appendJSON(to: &bytes)
    case .list(let values): try Value.append(values, to: &bytes, depth: depth)
    case .map(let map): try Value.append(map, to: &bytes, depth: depth)
    case .optional: throw JSONError(message: "an optional cannot be stored: take its value with orValue()")
    case .type(let type): throw JSONError(message: "the type \(type) cannot be stored")
    }
  }

  private static func append(_ values: [Value], to bytes: inout [UInt8], depth: Int) throws(JSONError) {
    guard depth > 0 else { throw JSONError(message: "the value is nested too deep to be stored") }
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for value in values {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      try value.appendCanonicalJSON(to: &bytes, depth: depth - 1)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private static func append(_ map: ValueMap, to bytes: inout [UInt8], depth: Int) throws(JSONError) {
    guard depth > 0 else { throw JSONError(message: "the value is nested too deep to be stored") }
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for entry in try withTextKeys(map).entries {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      entry.key.string?.appendJSON(to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      try entry.value.appendCanonicalJSON(to: &bytes, depth: depth - 1)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Keys sort by kind first, texts last: a map whose first key is a text has only texts.
  private static func withTextKeys(_ map: ValueMap) throws(JSONError) -> ValueMap {
    guard let first = map.entries.first, first.key.string == nil else { return map }
    let texts = ValueMap(entries: map.entries.map { ValueMap.Entry(key: .string($0.key.text), value: $0.value) })
    guard texts.count == map.count else { throw JSONError(message: "two keys of a map have the same text") }
    return texts
  }
}

extension MapKey {
  /// The key as a text: `1`, `true`, `amount`.
  package var text: String {
    switch self {
    case .bool(let key): key ? "true" : "false"
    case .int(let key): String(key)
    case .uint(let key): String(key)
    case .string(let key): key
    }
  }
}

extension String {
  /// In quotes; escapes only what JSON demands.
  func appendJSON(to bytes: inout [UInt8]) {
    var copy = self
    bytes.append(UInt8(ascii: "\""))
    copy.withUTF8 { text in
      var start = 0
      for index in text.indices where text[index] < 0x20 || text[index] == 0x22 || text[index] == 0x5C {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
        bytes.append(contentsOf: JSONEscape.text(text[index]).utf8)
        start = index + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

private enum JSONEscape {
  static func text(_ byte: UInt8) -> String {
    switch byte {
    case 0x08: "\\b"
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0C: "\\f"
    case 0x0D: "\\r"
    case 0x22: "\\\""
    case 0x5C: "\\\\"
    default: "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    }
  }
}
