/// Addresses of the internet protocol, as URIs and e-mail addresses hold them.
enum IPText {
  typealias Bytes = Substring.UTF8View

  static func isVersion4(_ bytes: Bytes) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy(isOctet)
  }

  private static func isOctet(_ bytes: Bytes) -> Bool {
    guard (1...3).contains(bytes.count), bytes.allSatisfy(\.isDigit) else { return false }
    if bytes.count > 1, bytes.first == UInt8(ascii: "0") { return false }
    return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
  }

  /// RFC 4291: eight groups, one run of zeros may be `::`, the last two groups may be dotted.
  static func isVersion6(_ bytes: Bytes) -> Bool {
    guard bytes.count <= 45 else { return false }
    let text = Array(bytes)
    let colon = UInt8(ascii: ":")
    let gap = text.indices.dropLast().first { text[$0] == colon && text[$0 + 1] == colon }
    guard let gap else { return groups(bytes, mayEndDotted: true) == 8 }
    let before = bytes.prefix(gap)
    let after = bytes.dropFirst(gap + 2)
    guard let first = groups(before, mayEndDotted: false), let second = groups(after, mayEndDotted: true) else {
      return false
    }
    return first + second < 8
  }

  /// How many groups of 16 bits these are; nil when one is malformed.
  private static func groups(_ bytes: Bytes, mayEndDotted: Bool) -> Int? {
    if bytes.isEmpty { return 0 }
    var parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var count = 0
    if mayEndDotted, let last = parts.last, isVersion4(last) {
      parts.removeLast()
      count = 2
    }
    guard parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isHexDigit) }) else { return nil }
    return count + parts.count
  }
}
