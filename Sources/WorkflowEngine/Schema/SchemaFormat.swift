import CEL

/// The formats that `format` may name; each is asserted, on text only.
package enum SchemaFormat: String, CaseIterable, Sendable {
  case date, time, duration, email, uri, uuid
  case dateTime = "date-time"
  /// A decimal number written as text, such as "12.50": Writ's own, used for money.
  case decimal
  /// The name of a person; that `people.yaml` knows it is checked where people are known.
  case person
  /// The digest of an attachment, `sha256-` and 64 hexadecimal digits.
  case file

  func accepts(_ text: String) -> Bool {
    let bytes = text.utf8[...]
    switch self {
    case .date: return DateText.isDate(bytes)
    case .time: return DateText.isTime(bytes)
    case .dateTime: return DateText.timestamp(text) != nil
    case .duration: return DateText.isDuration(bytes)
    case .email: return EmailText.isAddress(bytes)
    case .uri: return URIText.isURI(bytes)
    case .uuid: return Self.isUUID(bytes)
    case .decimal: return Self.decimal(text) != nil
    case .person: return Self.isName(bytes)
    case .file: return Self.isDigest(bytes)
    }
  }

  /// The end of the sentence "Amount must be ...".
  var words: String {
    switch self {
    case .date: "a date such as 2026-11-22"
    case .time: "a time with its zone, such as 09:30:00Z"
    case .dateTime: "a date and time with its zone, such as 2026-11-22T09:30:00Z"
    case .duration: "a duration such as P3D or PT4H"
    case .email: "an e-mail address"
    case .uri: "a full web address such as https://example.org/page"
    case .uuid: "a UUID"
    case .decimal: "a decimal number such as 12.50"
    case .person: "the name of a person, such as alice"
    case .file: "a reference to an attachment"
    }
  }

  /// What `format: decimal` holds: digits with an optional sign and point, at most 34 of them, no exponent.
  static func decimal(_ text: String) -> Decimal? {
    let bytes = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else { return nil }
    return Decimal(text)
  }

  /// 8-4-4-4-12 hexadecimal digits (RFC 9562).
  private static func isUUID(_ bytes: Substring.UTF8View) -> Bool {
    let groups = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  /// `[a-z0-9][a-z0-9._-]{0,63}`, as the language spells people.
  private static func isName(_ bytes: Substring.UTF8View) -> Bool {
    func isStart(_ byte: UInt8) -> Bool { byte.isDigit || (byte.isLetter && byte >= UInt8(ascii: "a")) }
    guard let first = bytes.first, isStart(first), bytes.count <= 64 else { return false }
    return bytes.allSatisfy { isStart($0) || "._-".utf8.contains($0) }
  }

  private static func isDigest(_ bytes: Substring.UTF8View) -> Bool {
    let prefix = "sha256-".utf8
    guard bytes.starts(with: prefix), bytes.count == prefix.count + 64 else { return false }
    return bytes.dropFirst(prefix.count).allSatisfy { $0.isDigit || ($0.isHexDigit && $0 >= UInt8(ascii: "a")) }
  }
}
