package import CEL

/// Reads a file of the record line by line, as ``FileWriter`` writes it: the same keys in the same order.
package struct FileReader {
  package let bytes: [UInt8]
  private let resolve: (String) -> Value?
  /// Where the next line begins.
  package private(set) var position = 0
  /// Its number, counted from 1.
  package private(set) var line = 1

  /// Reads the `format:` line too.
  package init(_ bytes: [UInt8], resolve: @escaping (String) -> Value? = { _ in nil }) throws(RecordError) {
    self.bytes = bytes
    self.resolve = resolve
    let format = try int("format")
    guard format <= RecordFormat.newest else { throw RecordError(.newerFormat(format), line: 1) }
    guard format > 0 else { throw RecordError(.expected("a format"), line: 1) }
  }

  package var isAtEnd: Bool { position == bytes.count }

  package func expectEnd() throws(RecordError) {
    guard isAtEnd else { throw RecordError(.expected("the end of the file"), line: line) }
  }

  /// The end of a file that can be written in one way only.
  package func expectEnd(of written: [UInt8]) throws(RecordError) {
    try expectEnd()
    guard written != bytes else { return }
    let same = zip(written, bytes).prefix { $0 == $1 }.count
    let line = 1 + bytes[..<same].count { $0 == 0x0A }
    throw RecordError(.expected("what this program would have written"), line: line)
  }

  /// Whether the next line begins with `name:`.
  package func has(_ name: StaticString) -> Bool {
    starts(with: name, at: position) && byte(at: position + name.utf8CodeUnitCount) == UInt8(ascii: ":")
  }

  package mutating func field<Result>(
    _ name: StaticString, _ body: (inout RecordReader) throws(RecordError) -> Result
  ) throws(RecordError) -> Result {
    let start = position + name.utf8CodeUnitCount + 1
    guard has(name), byte(at: start) == UInt8(ascii: " ") else {
      throw RecordError(.expected("the line '\(name):'"), line: line)
    }
    return try rest(from: start + 1, style: .yaml, body)
  }

  package mutating func field<Result>(
    ifPresent name: StaticString, _ body: (inout RecordReader) throws(RecordError) -> Result
  ) throws(RecordError) -> Result? {
    has(name) ? try field(name, body) : nil
  }

  /// The items under `name:`, one a line; none where the key is absent.
  package mutating func items<Item>(
    _ name: StaticString, style: RecordWriter.Style = .yaml,
    _ body: (inout RecordReader) throws(RecordError) -> Item
  ) throws(RecordError) -> [Item] {
    guard has(name) else { return [] }
    try skipLine(reading: name)
    var items: [Item] = []
    while starts(with: "  - ", at: position) { items.append(try rest(from: position + 4, style: style, body)) }
    return items
  }

  /// Reads `name:` alone on its line.
  package mutating func skipLine(reading name: StaticString) throws(RecordError) {
    let end = position + name.utf8CodeUnitCount + 1
    guard has(name), byte(at: end) == 0x0A else { throw RecordError(.expected("the line '\(name):'"), line: line) }
    position = end + 1
    line += 1
  }

  /// Leaves the line unread.
  package mutating func skipLine() throws(RecordError) {
    guard let end = bytes[position...].firstIndex(of: 0x0A) else {
      throw RecordError(.expected("a line feed at the end"), line: line)
    }
    position = end + 1
    line += 1
  }

  private mutating func rest<Result>(
    from start: Int, style: RecordWriter.Style, _ body: (inout RecordReader) throws(RecordError) -> Result
  ) throws(RecordError) -> Result {
    guard let end = bytes[start...].firstIndex(of: 0x0A) else {
      throw RecordError(.expected("a line feed at the end"), line: line)
    }
    var reader = RecordReader(
      bytes, in: start..<end, line: line, lineStart: position, style: style, resolve: resolve)
    let result = try body(&reader)
    try reader.expectEnd()
    position = end + 1
    line += 1
    return result
  }

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func starts(with text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard bytes.count - index >= length else { return false }
    for offset in 0..<length where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }
}

extension FileReader {
  package mutating func text(_ name: StaticString) throws(RecordError) -> String {
    try field(name) { reader throws(RecordError) in try reader.text() }
  }

  package mutating func text(ifPresent name: StaticString) throws(RecordError) -> String? {
    has(name) ? try text(name) : nil
  }

  package mutating func int(_ name: StaticString) throws(RecordError) -> Int {
    try field(name) { reader throws(RecordError) in try reader.int() }
  }

  package mutating func instant(_ name: StaticString) throws(RecordError) -> Timestamp {
    try field(name) { reader throws(RecordError) in try reader.instant() }
  }

  package mutating func instant(ifPresent name: StaticString) throws(RecordError) -> Timestamp? {
    has(name) ? try instant(name) : nil
  }
}
