/// The bytes of a file, and where each of them stands for people: lines and columns from 1.
///
/// A column counts Unicode scalars, as SARIF's `unicodeCodePoints` does; lines end with LF, CR LF or CR.
package struct SourceText: Sendable {
  package let file: String
  package let bytes: [UInt8]
  private let lineStarts: [Int]

  package init(_ bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes
    lineStarts = Self.lineStarts(in: bytes)
  }

  package struct Position: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int
    /// UTF-8 offset from the beginning of the file.
    package var offset: Int

    package static func < (left: Position, right: Position) -> Bool { left.offset < right.offset }
  }

  package var lineCount: Int { lineStarts.count }

  package func position(at offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    let index = lineIndex(at: offset)
    let start = contentStart(ofLine: index)
    let column = start < offset ? 1 + bytes[start..<offset].count { $0 & 0xC0 != 0x80 } : 1
    return Position(line: index + 1, column: column, offset: offset)
  }

  /// The offsets of a line's text, without its line break and without a byte order mark. Lines count from 1.
  package func line(_ number: Int) -> Range<Int> {
    let start = contentStart(ofLine: number - 1)
    var end = number < lineStarts.count ? lineStarts[number] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  package func line(at offset: Int) -> Range<Int> {
    line(lineIndex(at: min(max(offset, 0), bytes.count)) + 1)
  }

  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The length of a leading byte order mark: allowed, and not counted as a column.
  package var markLength: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  private func contentStart(ofLine index: Int) -> Int {
    index == 0 ? markLength : lineStarts[index]
  }

  private func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private static func lineStarts(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D {
        let isFirstOfPair = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
        if !isFirstOfPair { starts.append(index + 1) }
      }
    }
    return starts
  }
}
