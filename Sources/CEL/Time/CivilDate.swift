/// A day of the proleptic Gregorian calendar, in no particular time zone.
package struct CivilDate: Sendable, Hashable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int

  /// nil if the calendar has no such day, or the year is outside 0001...9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.days(inMonth: month, ofYear: year)
    else { return nil }
    self.init(unchecked: (year, month, day))
  }

  /// `2026-11-22`, exactly.
  package init?(iso: some StringProtocol) {
    let text = Array(iso.utf8)
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = text[0..<4].decimalNumber, let month = text[5..<7].decimalNumber, let day = text[8..<10].decimalNumber
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Days since 1970-01-01. From Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
  /// What lies outside 0001...9999 becomes the nearest end.
  package init(daysSinceEpoch: Int) {
    let days = min(max(daysSinceEpoch, -719_162), 2_932_896)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(unchecked: (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
  }

  private init(unchecked date: (year: Int, month: Int, day: Int)) {
    (year, month, day) = date
  }

  /// Days since 1970-01-01 (`days_from_civil`).
  package var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day so many days later; what lies outside 0001...9999 becomes the nearest end.
  package func adding(days: Int) -> CivilDate {
    let span = CivilDate.earliest...CivilDate.latest
    let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
    if overflow { return days < 0 ? span.lowerBound : span.upperBound }
    return CivilDate(daysSinceEpoch: sum)
  }

  package static let earliest = CivilDate(unchecked: (1, 1, 1))
  package static let latest = CivilDate(unchecked: (9999, 12, 31))

  /// 0 for Monday to 6 for Sunday.
  package var weekday: Int {
    let sinceMonday = (daysSinceEpoch + 3) % 7
    return sinceMonday < 0 ? sinceMonday + 7 : sinceMonday
  }

  /// 1 for the first of January.
  package var dayOfYear: Int {
    daysSinceEpoch - CivilDate(unchecked: (year, 1, 1)).daysSinceEpoch + 1
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: Comparable, CustomStringConvertible {
  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// `2026-11-22`.
  package var description: String {
    "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
  }
}

extension Int {
  /// Decimal digits with leading zeros.
  func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}

extension Collection<UInt8> {
  /// The number that these ASCII digits write; nil if there is anything else, nothing, or more than 18 of them.
  var decimalNumber: Int? {
    guard !isEmpty, count <= 18 else { return nil }
    var number = 0
    for byte in self {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }
}
