import CEL

/// Dates and times as RFC 3339 writes them, and its appendix A for durations.
enum DateText {
  typealias Bytes = Substring.UTF8View

  static func isDate(_ bytes: Bytes) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, let year = number(parts[0], digits: 4), let month = number(parts[1], digits: 2),
      let day = number(parts[2], digits: 2), (1...12).contains(month)
    else { return false }
    return (1...days(in: month, of: year)).contains(day)
  }

  static func isDateTime(_ bytes: Bytes) -> Bool {
    guard bytes.count > 11, bytes[bytes.index(bytes.startIndex, offsetBy: 10)] | 0x20 == UInt8(ascii: "t") else {
      return false
    }
    return isDate(bytes.prefix(10)) && isTime(bytes.dropFirst(11))
  }

  /// The instant of a date and time, to the nanosecond; a leap second is the second after it. Nil outside years 1 to
  /// 9999.
  static func timestamp(_ text: String) -> Timestamp? {
    if let timestamp = Timestamp(rfc3339: text) { return timestamp }
    guard isDateTime(text.utf8[...]) else { return nil }
    var bytes = Array(text.utf8)
    let isLeap = bytes[17] == UInt8(ascii: "6")
    if isLeap { bytes.replaceSubrange(17..<19, with: "59".utf8) }
    let fraction = bytes[19...].dropFirst().prefix(while: \.isDigit)
    if bytes[19] == UInt8(ascii: ".") { bytes.removeSubrange(fraction.dropFirst(9).indices) }
    return Timestamp(rfc3339: String(decoding: bytes, as: UTF8.self)).flatMap { $0 + .seconds(isLeap ? 1 : 0) }
  }

  /// `09:30:00.5+02:00`. A leap second is lawful where it is 23:59:60 in UTC.
  static func isTime(_ bytes: Bytes) -> Bool {
    guard let zoneStart = bytes.firstIndex(where: { "Zz+-".utf8.contains($0) }),
      let offset = offset(bytes[zoneStart...])
    else { return false }
    let clock = bytes[..<zoneStart].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    if clock.count == 2, clock[1].isEmpty || !clock[1].allSatisfy(\.isDigit) { return false }
    let parts = clock[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], digits: 2), let minute = number(parts[1], digits: 2),
      let second = number(parts[2], digits: 2), hour < 24, minute < 60, second <= 60
    else { return false }
    let minuteInUTC = (hour * 60 + minute - offset + 2 * 24 * 60) % (24 * 60)
    return second < 60 || minuteInUTC == 23 * 60 + 59
  }

  /// `P1Y2M3D`, `PT4H5M6S`, `P3DT12H`, `P2W`: units fall in order and none is left out between two.
  static func isDuration(_ bytes: Bytes) -> Bool {
    guard bytes.first == UInt8(ascii: "P") else { return false }
    let halves = bytes.dropFirst().split(separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
    if halves.count == 1 { return units(of: halves[0]).map { $0 == "W" || "YMD".contains($0) } ?? false }
    guard let time = units(of: halves[1]), "HMS".contains(time) else { return false }
    if halves[0].isEmpty { return true }
    return units(of: halves[0]).map { "YMD".contains($0) } ?? false
  }

  /// The unit letters of `1Y2M`: nil unless each follows digits and there is one at least.
  private static func units(of bytes: Bytes) -> String? {
    var units = ""
    var hasDigits = false
    for byte in bytes {
      if byte.isDigit {
        hasDigits = true
      } else if byte.isLetter, hasDigits {
        units.unicodeScalars.append(Unicode.Scalar(byte))
        hasDigits = false
      } else {
        return nil
      }
    }
    return hasDigits || units.isEmpty ? nil : units
  }

  /// Minutes east of UTC.
  private static func offset(_ bytes: Bytes) -> Int? {
    guard let sign = bytes.first else { return nil }
    if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
    let parts = bytes.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = number(parts[0], digits: 2), let minutes = number(parts[1], digits: 2),
      hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }

  private static func number(_ bytes: Bytes, digits: Int) -> Int? {
    guard bytes.count == digits, bytes.allSatisfy(\.isDigit) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
