extension [UInt8] {
  /// Appends text so that it is inert in HTML and XML, in content and in quoted attributes.
  ///
  /// Characters that XML 1.0 does not allow (most controls, U+FFFE, U+FFFF) become U+FFFD.
  mutating func append(escaping text: some StringProtocol) {
    var text = String(text)
    text.withUTF8 { utf8 in
      var plain = 0
      for (index, byte) in utf8.enumerated() {
        guard let replacement = Self.replacement(for: byte, at: index, in: utf8) else { continue }
        append(contentsOf: utf8[plain..<index])
        replacement.text.withUTF8Buffer { append(contentsOf: $0) }
        plain = index + replacement.length
      }
      append(contentsOf: utf8[plain...])
    }
  }

  private static func replacement(
    for byte: UInt8, at index: Int, in utf8: UnsafeBufferPointer<UInt8>
  ) -> (text: StaticString, length: Int)? {
    switch byte {
    case UInt8(ascii: "&"): ("&amp;", 1)
    case UInt8(ascii: "<"): ("&lt;", 1)
    case UInt8(ascii: ">"): ("&gt;", 1)
    case UInt8(ascii: "\""): ("&quot;", 1)
    case UInt8(ascii: "'"): ("&#39;", 1)
    case 0x09, 0x0A, 0x0D: nil
    case 0..<0x20: ("\u{FFFD}", 1)
    case 0xEF where index + 2 < utf8.count && utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE: ("\u{FFFD}", 3)
    default: nil
    }
  }
}
