/// Reads JSON from a buffer, byte by byte, making a String only of a whole one.
struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let depthLimit: Int
  var position = 0
  var depth = 0

  init(bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  mutating func document() throws(JSONError) -> Value {
    skipSpace()
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error("the document goes on after its end") }
    return value
  }

  private mutating func value() throws(JSONError) -> Value {
    guard position < bytes.count else { throw error("the document ends where a value is expected") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in try reader.map() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.list() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw error("this is not a JSON value")
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    guard depth < depthLimit else { throw error("values are nested more than \(depthLimit) deep") }
    depth += 1
    position += 1
    skipSpace()
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func list() throws(JSONError) -> Value {
    if take("]") { return .list([]) }
    var values: [Value] = []
    while true {
      values.append(try value())
      skipSpace()
      if take("]") { return .list(values) }
      guard take(",") else { throw error("a list goes on with ',' or ends with ']'") }
      skipSpace()
    }
  }

  private mutating func map() throws(JSONError) -> Value {
    if take("}") { return .map(ValueMap()) }
    let start = position
    var entries: [ValueMap.Entry] = []
    while true {
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw error("a key is a text in double quotes")
      }
      let key = try string()
      skipSpace()
      guard take(":") else { throw error("a key is followed by ':'") }
      skipSpace()
      entries.append(ValueMap.Entry(key: .string(key), value: try value()))
      skipSpace()
      if take("}") { break }
      guard take(",") else { throw error("a map goes on with ',' or ends with '}'") }
      skipSpace()
    }
    let map = ValueMap(entries: entries)
    guard map.count == entries.count else { throw duplicate(in: entries, at: start) }
    return .map(map)
  }

  private func duplicate(in entries: [ValueMap.Entry], at offset: Int) -> JSONError {
    var seen: Set<MapKey> = []
    let key = entries.first { !seen.insert($0.key).inserted }?.key.string ?? ""
    return JSONError(message: "the key '\(key)' is there twice", offset: offset)
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count else { throw error("this is not a JSON value") }
    for index in 0..<word.utf8CodeUnitCount where bytes[position + index] != word.utf8Start[index] {
      throw error("this is not a JSON value")
    }
    position = end
    return value
  }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  func error(_ message: String) -> JSONError {
    JSONError(message: message, offset: position)
  }
}
