/// E-mail addresses as RFC 5321, section 4.1.2, writes a mailbox.
enum EmailText {
  typealias Bytes = Substring.UTF8View

  static func isAddress(_ bytes: Bytes) -> Bool {
    guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let domain = bytes[bytes.index(after: at)...]
    return isLocalPart(bytes[..<at]) && (isLiteral(domain) || isDomain(domain))
  }

  private static func isLocalPart(_ bytes: Bytes) -> Bool {
    guard !bytes.isEmpty, bytes.count <= 64 else { return false }
    if bytes.first == UInt8(ascii: "\"") { return isQuoted(bytes) }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomCharacter) }
  }

  private static func isAtomCharacter(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  private static func isQuoted(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 3, bytes.last == UInt8(ascii: "\"") else { return false }
    var isEscaped = false
    for byte in bytes.dropFirst().dropLast() {
      guard (0x20...0x7e).contains(byte) else { return false }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        return false
      }
    }
    return !isEscaped
  }

  private static func isDomain(_ bytes: Bytes) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.count <= 63 && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
    }
  }

  /// `[127.0.0.1]`, `[IPv6:::1]`.
  private static func isLiteral(_ bytes: Bytes) -> Bool {
    guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return false }
    let inner = bytes.dropFirst().dropLast()
    let tag = "IPv6:".utf8
    return inner.starts(with: tag) ? IPText.isVersion6(inner.dropFirst(tag.count)) : IPText.isVersion4(inner)
  }
}
