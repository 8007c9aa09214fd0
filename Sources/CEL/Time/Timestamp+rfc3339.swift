extension Timestamp {
  /// RFC 3339: `2026-11-22T10:00:00.123Z`, `2026-11-22T12:00:00+02:00`. Digits below the nanosecond are refused, as is a
  /// leap second.
  package init?(rfc3339 text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      let date = Timestamp.days(bytes[0..<10]), let time = Timestamp.secondOfDay(bytes[11..<19])
    else { return nil }
    var rest = bytes[19...]
    guard let nanoseconds = Timestamp.fraction(&rest), let offset = Timestamp.offset(rest) else { return nil }
    self.init(seconds: Int64(date) * 86_400 + Int64(time - offset), nanoseconds: nanoseconds)
  }

  /// A year 0000 or 9999 may still be in range once the offset is taken off; the initialiser of `Timestamp` decides.
  private static func days(_ text: ArraySlice<UInt8>) -> Int? {
    CivilDate(iso: String(decoding: text, as: UTF8.self))?.daysSinceEpoch
  }

  private static func secondOfDay(_ text: ArraySlice<UInt8>) -> Int? {
    let start = text.startIndex
    guard text[start + 2] == UInt8(ascii: ":"), text[start + 5] == UInt8(ascii: ":"),
      let hour = text[start..<start + 2].decimalNumber, let minute = text[start + 3..<start + 5].decimalNumber,
      let second = text[start + 6..<start + 8].decimalNumber, hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Takes `.123` off the front: 1 to 9 digits.
  private static func fraction(_ text: inout ArraySlice<UInt8>) -> Int32? {
    guard text.first == UInt8(ascii: ".") else { return 0 }
    let digits = text.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard (1...9).contains(digits.count), var number = digits.decimalNumber else { return nil }
    for _ in digits.count..<9 { number *= 10 }
    text = text[digits.endIndex...]
    return Int32(number)
  }

  /// `Z` or `+02:00`, in seconds.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    if text.count == 1 { return text.first == UInt8(ascii: "Z") || text.first == UInt8(ascii: "z") ? 0 : nil }
    return ZoneRules.fixedOffset(String(decoding: text, as: UTF8.self))
  }

  /// RFC 3339 in UTC with exactly three digits of fraction: `2026-11-22T10:00:00.123Z`, rounded down.
  package var rfc3339Milliseconds: String {
    "\(wholeSeconds).\(Int(nanoseconds / 1_000_000).padded(3))Z"
  }

  private var wholeSeconds: String {
    let time = secondOfDay
    return "\(date)T\((time / 3600).padded(2)):\((time / 60 % 60).padded(2)):\((time % 60).padded(2))"
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC with as many digits of fraction as there are: `2026-11-22T10:00:00Z`, `…:00.5Z`.
  package var description: String {
    guard nanoseconds != 0 else { return wholeSeconds + "Z" }
    var digits = Int(nanoseconds).padded(9)
    while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
    return "\(wholeSeconds).\(digits)Z"
  }
}
