/// URIs as RFC 3986 writes them: with a scheme, without spaces.
enum URIText {
  typealias Bytes = Substring.UTF8View

  static func isURI(_ bytes: Bytes) -> Bool {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isScheme(bytes[..<colon]) else { return false }
    var rest = bytes[bytes.index(after: colon)...]
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard holds(rest[rest.index(after: hash)...], also: ":@/?") else { return false }
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard holds(rest[rest.index(after: mark)...], also: ":@/?") else { return false }
      rest = rest[..<mark]
    }
    guard rest.starts(with: "//".utf8) else { return holds(rest, also: ":@/") }
    let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
    return isAuthority(authority) && holds(rest[authority.endIndex...], also: ":@/")
  }

  private static func isScheme(_ bytes: Bytes) -> Bool {
    guard let first = bytes.first, first.isLetter else { return false }
    return bytes.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
  }

  private static func isAuthority(_ bytes: Bytes) -> Bool {
    var host = bytes
    if let at = bytes.firstIndex(of: UInt8(ascii: "@")) {
      guard holds(bytes[..<at], also: ":") else { return false }
      host = bytes[bytes.index(after: at)...]
    }
    if host.first == UInt8(ascii: "[") {
      guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let address = host[host.index(after: host.startIndex)..<end]
      return isAddress(address) && isPort(host[host.index(after: end)...])
    }
    let colon = host.firstIndex(of: UInt8(ascii: ":")) ?? host.endIndex
    return holds(host[..<colon], also: "") && isPort(host[colon...])
  }

  /// What stands in brackets: an IPv6 address, or the form kept for later versions.
  private static func isAddress(_ bytes: Bytes) -> Bool {
    guard let first = bytes.first, first | 0x20 == UInt8(ascii: "v") else { return IPText.isVersion6(bytes) }
    let parts = bytes.dropFirst().split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy(\.isHexDigit) && !parts[1].isEmpty
      && holds(parts[1], also: ":")
  }

  private static func isPort(_ bytes: Bytes) -> Bool {
    bytes.isEmpty || (bytes.first == UInt8(ascii: ":") && bytes.dropFirst().allSatisfy(\.isDigit))
  }

  /// Whether `bytes` are unreserved, percent-encoded, sub-delimiters or one of `also`.
  private static func holds(_ bytes: Bytes, also: String) -> Bool {
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.popFirst(), high.isHexDigit, let low = rest.popFirst(), low.isHexDigit else {
          return false
        }
      } else if !byte.isLetter, !byte.isDigit, !"-._~!$&'()*+,;=".utf8.contains(byte), !also.utf8.contains(byte) {
        return false
      }
    }
    return true
  }
}
