package import CEL

// Values inside a line. JSON's shapes stand as themselves; what JSON has no shape for stands under a reserved key:
// {"$uint": "5"}, {"$decimal": "1.20"}, {"$timestamp": ...}. Reading what was written gives equal values.

extension RecordWriter {
  package mutating func write(_ value: Value) {
    switch value {
    case .null: word("null")
    case .bool(let flag): word(flag ? "true" : "false")
    case .int(let number): raw(String(number))
    case .double(let number) where number.isFinite: raw(number.description)
    case .string(let text): write(text)
    case .list(let items): list(items) { $0.write($1) }
    case .map(let map): write(map)
    case .optional(let inner): tagged("$optional") { writer in writer.list(inner.map { [$0] } ?? []) { $0.write($1) } }
    case .uint(let number): tagged("$uint", String(number))
    case .double(let number): tagged("$double", number.isNaN ? "nan" : number > 0 ? "inf" : "-inf")
    case .decimal(let number): tagged("$decimal", number.description)
    case .bytes(let bytes): tagged("$bytes", Hex.text(bytes))
    case .timestamp(let instant): tagged("$timestamp", instant.description)
    case .duration(let duration): tagged("$duration", duration.celText)
    case .type(let type): tagged("$type", type.description)
    }
  }

  /// A map whose keys are all texts; one with other keys, or that would read as something reserved, as a list of pairs.
  package mutating func write(_ map: ValueMap) {
    guard map.readsAsItself else {
      tagged("$map") { writer in
        writer.list(map.entries) { writer, entry in
          writer.list([entry.key.value, entry.value]) { $0.write($1) }
        }
      }
      return
    }
    self.map { writer in
      for entry in map.entries {
        writer.key(named: entry.key.string ?? "")
        writer.write(entry.value)
      }
    }
  }

  private mutating func tagged(_ tag: StaticString, _ text: String) {
    tagged(tag) { QuotedText.append(text, to: &$0.bytes) }
  }

  private mutating func tagged(_ tag: StaticString, _ body: (inout RecordWriter) -> Void) {
    map { writer in
      writer.quotedKey(tag)
      body(&writer)
    }
  }
}

extension RecordReader {
  package mutating func value() throws(RecordError) -> Value {
    let place = position
    switch peek {
    case UInt8(ascii: "{"): return try mapOrTagged()
    case UInt8(ascii: "["): return .list(try list { reader throws(RecordError) in try reader.value() })
    case UInt8(ascii: "\""): return .string(try text())
    case let byte? where byte.startsNumber: return try number()
    default:
      guard let word = plain() else { throw error(.expected("a value"), at: place) }
      switch word {
      case "null": return .null
      case "true": return .bool(true)
      case "false": return .bool(false)
      default:
        guard style == .yaml, PlainText.isPlain(word) else { throw error(.expected("a value"), at: place) }
        return .string(word)
      }
    }
  }

  private mutating func number() throws(RecordError) -> Value {
    let place = position
    let text = String(
      decoding: bytes { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || "+-.e".utf8.contains($0) }, as: UTF8.self)
    if let number = Int64(text), String(number) == text { return .int(number) }
    if let number = Double(text), number.isFinite, number.description == text { return .double(number) }
    throw error(.expected("a number"), at: place)
  }

  private mutating func mapOrTagged() throws(RecordError) -> Value {
    let place = position
    return try map { reader throws(RecordError) in
      var entries: [ValueMap.Entry] = []
      while let key = try reader.nextKey() {
        if entries.isEmpty, ReservedKey.isOne(key), let value = try reader.tagged(key, at: place) { return value }
        let entry = ValueMap.Entry(key: .string(key), value: try reader.value())
        if let last = entries.last, !(last.key < entry.key) {
          throw reader.error(.expected("keys in order"), at: place)
        }
        entries.append(entry)
      }
      return .map(ValueMap(entries: entries))
    }
  }

  /// The value under a reserved key; `nil` where the key means nothing here and the map is just a map: `$secret`.
  private mutating func tagged(_ tag: String, at place: Int) throws(RecordError) -> Value? {
    switch tag {
    case "$optional": return .optional(try list { reader throws(RecordError) in try reader.value() }.first)
    case "$map": return .map(try pairs())
    default:
      let text = try quoted()
      guard let value = try scalar(tag, text) else { throw error(.unknownKind(field: tag, value: text), at: place) }
      return value
    }
  }

  private func scalar(_ tag: String, _ text: String) throws(RecordError) -> Value? {
    switch tag {
    case "$uint": return UInt64(text).map { .uint($0) }
    case "$double": return Double(text).map { .double($0) }
    case "$decimal": return Decimal(text).map { .decimal($0) }
    case "$bytes": return Hex.bytes(text).map { .bytes($0) }
    case "$timestamp": return Timestamp(rfc3339: text).map { .timestamp($0) }
    case "$duration": return Duration(cel: text).map { .duration($0) }
    case "$type": return .type(Self.types[text] ?? .abstract(text, []))
    default:
      let digest = String(text.dropFirst(StoredValues.prefix.count))
      guard text.hasPrefix(StoredValues.prefix), let value = resolve(digest) else {
        throw error(.missingValue(digest: digest))
      }
      return value
    }
  }

  private static let types: [String: Type] = {
    let known: [Type] = [
      .dyn, .null, .bool, .int, .uint, .double, .decimal, .string, .bytes, .timestamp, .duration, .list(.dyn),
      .map(.dyn, .dyn), .type(.dyn), .optional(.dyn),
    ]
    return Dictionary(uniqueKeysWithValues: known.map { ($0.description, $0) })
  }()

  private mutating func pairs() throws(RecordError) -> ValueMap {
    ValueMap(
      entries: try list { reader throws(RecordError) in
        let place = reader.position
        let pair = try reader.list { reader throws(RecordError) in try reader.value() }
        guard pair.count == 2, let key = pair[0].mapKey else { throw reader.error(.expected("a pair"), at: place) }
        return ValueMap.Entry(key: key, value: pair[1])
      })
  }
}

/// Keys that mean something of their own when they come first in a stored map.
enum ReservedKey {
  static let all: Set<String> = [
    "$uint", "$double", "$decimal", "$bytes", "$timestamp", "$duration", "$type", "$value", "$optional", "$map",
  ]

  static func isOne(_ key: String) -> Bool {
    key.utf8.first == UInt8(ascii: "$") && all.contains(key)
  }
}

extension ValueMap {
  var readsAsItself: Bool {
    guard let first = entries.first else { return true }
    if let key = first.key.string, ReservedKey.isOne(key) { return false }
    return entries.allSatisfy { if case .string = $0.key { true } else { false } }
  }
}

extension Value {
  fileprivate var mapKey: MapKey? {
    switch self {
    case .bool(let key): .bool(key)
    case .int(let key): .int(key)
    case .uint(let key): .uint(key)
    case .string(let key): .string(key)
    default: nil
    }
  }
}
