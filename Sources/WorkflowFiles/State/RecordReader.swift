package import CEL

/// Reads one line as ``RecordWriter`` writes it: the same keys in the same order, nothing between them but `, `.
///
/// A single pass without backing up; whatever this program would not have written is an error with its place.
package struct RecordReader {
  static let depthLimit = 64

  let bytes: [UInt8]
  let style: RecordWriter.Style
  /// Gives the value that was written to a file of its own, by its SHA-256 in hex.
  let resolve: (String) -> Value?
  private(set) var position: Int
  private let end: Int
  private let line: Int
  private let lineStart: Int
  private var isFirst = true
  private var depth = 0

  /// - Parameters:
  ///   - range: the bytes of one line, without its line feed.
  ///   - line: its number in the file, for errors.
  package init(
    _ bytes: [UInt8], in range: Range<Int>, line: Int = 1, lineStart: Int? = nil, style: RecordWriter.Style,
    resolve: @escaping (String) -> Value? = { _ in nil }
  ) {
    self.bytes = bytes
    self.style = style
    self.resolve = resolve
    self.line = line
    self.lineStart = lineStart ?? range.lowerBound
    position = range.lowerBound
    end = range.upperBound
  }

  func error(_ problem: RecordError.Problem, at place: Int? = nil) -> RecordError {
    RecordError(problem, line: line, column: (place ?? position) - lineStart + 1)
  }

  // MARK: Bytes

  var peek: UInt8? { position < end ? bytes[position] : nil }

  func peek(at offset: Int) -> UInt8? { position + offset < end ? bytes[position + offset] : nil }

  mutating func advance(_ count: Int = 1) { position += count }

  mutating func skip(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard end - position >= length else { return false }
    for offset in 0..<length where bytes[position + offset] != text.utf8Start[offset] { return false }
    position += length
    return true
  }

  mutating func expect(_ text: StaticString) throws(RecordError) {
    guard skip(text) else { throw error(.expected("'\(text)'")) }
  }

  package func expectEnd() throws(RecordError) {
    guard position == end else { throw error(.expected("the end of the line")) }
  }

  mutating func bytes(while isPart: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = position
    while position < end, isPart(bytes[position]) { position += 1 }
    return bytes[start..<position]
  }

  // MARK: Maps and lists

  package mutating func map<Result>(
    _ body: (inout RecordReader) throws(RecordError) -> Result
  ) throws(RecordError) -> Result {
    try descend()
    try expect("{")
    isFirst = true
    let result = try body(&self)
    try expect("}")
    ascend()
    return result
  }

  package mutating func list<Item>(
    _ body: (inout RecordReader) throws(RecordError) -> Item
  ) throws(RecordError) -> [Item] {
    try descend()
    try expect("[")
    var items: [Item] = []
    if !skip("]") {
      repeat { items.append(try body(&self)) } while skip(", ")
      try expect("]")
    }
    ascend()
    return items
  }

  private mutating func descend() throws(RecordError) {
    depth += 1
    guard depth <= Self.depthLimit else { throw error(.tooDeep) }
  }

  private mutating func ascend() {
    depth -= 1
    isFirst = false
  }

  // MARK: Keys

  /// Whether the next key is `name`; if so it is read.
  package mutating func has(_ name: StaticString) -> Bool {
    let start = position
    if (isFirst || skip(", ")) && skipQuote() && skip(name) && skipQuote() && skip(": ") {
      isFirst = false
      return true
    }
    position = start
    return false
  }

  package mutating func key(_ name: StaticString) throws(RecordError) {
    guard has(name) else { throw error(.expected("the field '\(name)'")) }
  }

  /// The next key of a map that people named, `nil` at its end.
  mutating func nextKey() throws(RecordError) -> String? {
    if peek == UInt8(ascii: "}") { return nil }
    if !isFirst { try expect(", ") }
    let name = try text()
    try expect(": ")
    isFirst = false
    return name
  }

  private mutating func skipQuote() -> Bool { style == .yaml || skip("\"") }
}
