/// The name of a git object: the SHA-1 of its kind, length and content. 20 bytes, kept inline in big-endian words so
/// that comparing words compares bytes.
package struct ObjectID: Hashable, Comparable, Sendable {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// How many bytes an id has in trees, packs and indexes.
  package static let length = 20

  /// Reads an id from ``length`` bytes at `bytes`.
  init(at bytes: UnsafeRawPointer) {
    high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
  }

  /// Writes the id's ``length`` bytes to `bytes`.
  func store(at bytes: UnsafeMutableRawPointer) {
    bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
    bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
    bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
  }

  /// The first byte, by which an index fans out.
  var firstByte: Int { Int(truncatingIfNeeded: high >> 56) }

  package static func < (a: ObjectID, b: ObjectID) -> Bool {
    if a.high != b.high { return a.high < b.high }
    if a.middle != b.middle { return a.middle < b.middle }
    return a.low < b.low
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(high) }
}

extension ObjectID: CustomStringConvertible {
  /// Parses exactly forty hexadecimal digits.
  package init?(hex: some StringProtocol) {
    let digits = hex.utf8
    guard digits.count == 2 * Self.length else { return nil }
    var words = (high: UInt64(0), middle: UInt64(0), low: UInt64(0))
    for (place, digit) in digits.enumerated() {
      guard let value = hexValue(digit) else { return nil }
      switch place {
      case ..<16: words.high = words.high << 4 | value
      case ..<32: words.middle = words.middle << 4 | value
      default: words.low = words.low << 4 | value
      }
    }
    (high, middle, low) = (words.high, words.middle, UInt32(words.low))
  }

  /// Forty lower-case hexadecimal digits.
  package var description: String {
    String(unsafeUninitializedCapacity: 2 * Self.length) { text in
      withUnsafeTemporaryAllocation(byteCount: Self.length, alignment: 8) { bytes in
        guard let start = bytes.baseAddress else { return }
        store(at: start)
        for place in 0..<Self.length {
          text[2 * place] = hexDigit(bytes[place] >> 4)
          text[2 * place + 1] = hexDigit(bytes[place] & 15)
        }
      }
      return 2 * Self.length
    }
  }
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

private func hexValue(_ digit: UInt8) -> UInt64? {
  switch digit {
  case 48...57: UInt64(digit - 48)
  case 97...102: UInt64(digit - 87)
  case 65...70: UInt64(digit - 55)
  default: nil
  }
}
