/// An instant in UTC, from 0001-01-01 to 9999-12-31, to the nanosecond: CEL's `timestamp`.
package struct Timestamp: Sendable, Hashable {
  /// Since 1970-01-01T00:00:00Z; negative before.
  package let seconds: Int64
  /// 0 to 999,999,999, always forward from `seconds`.
  package let nanoseconds: Int32

  package static let earliest = Timestamp(unchecked: -62_135_596_800, 0)
  package static let latest = Timestamp(unchecked: 253_402_300_799, 999_999_999)
  package static let epoch = Timestamp(unchecked: 0, 0)

  /// nil outside 0001...9999.
  package init?(seconds: Int64, nanoseconds: Int32 = 0) {
    let range = Timestamp.earliest.seconds...Timestamp.latest.seconds
    guard range.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
    self.init(unchecked: seconds, nanoseconds)
  }

  /// Since 1970-01-01T00:00:00Z; what lies outside 0001...9999 becomes the nearest end.
  package init(milliseconds: Int64) {
    let seconds = milliseconds.floorDivided(by: 1000)
    let nanoseconds = Int32(milliseconds - seconds * 1000) * 1_000_000
    if let timestamp = Timestamp(seconds: seconds, nanoseconds: nanoseconds) {
      self = timestamp
    } else {
      self = milliseconds < 0 ? .earliest : .latest
    }
  }

  init(unchecked seconds: Int64, _ nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Since 1970-01-01T00:00:00Z, rounded down.
  package var milliseconds: Int64 { seconds * 1000 + Int64(nanoseconds / 1_000_000) }

  /// The day in UTC.
  package var date: CivilDate { CivilDate(daysSinceEpoch: Int(seconds.floorDivided(by: 86_400))) }

  /// 0 to 86,399, in UTC.
  package var secondOfDay: Int { Int(seconds - seconds.floorDivided(by: 86_400) * 86_400) }
}

extension Timestamp: Comparable {
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// nil outside 0001...9999. What a duration has below the nanosecond is dropped.
  package static func + (left: Timestamp, right: Duration) -> Timestamp? {
    let (whole, attoseconds) = right.components
    let (seconds, overflow) = left.seconds.addingReportingOverflow(whole)
    guard !overflow else { return nil }
    let nanoseconds = Int64(left.nanoseconds) + attoseconds / 1_000_000_000
    let carry = nanoseconds.floorDivided(by: 1_000_000_000)
    let (carried, overflowed) = seconds.addingReportingOverflow(carry)
    return overflowed ? nil : Timestamp(seconds: carried, nanoseconds: Int32(nanoseconds - carry * 1_000_000_000))
  }

  /// nil outside 0001...9999.
  package static func - (left: Timestamp, right: Duration) -> Timestamp? {
    let (whole, attoseconds) = right.components
    guard whole != .min else { return nil }
    return left + Duration(secondsComponent: -whole, attosecondsComponent: -attoseconds)
  }

  /// The time from the right to the left.
  package static func - (left: Timestamp, right: Timestamp) -> Duration {
    .seconds(left.seconds - right.seconds) + .nanoseconds(Int64(left.nanoseconds) - Int64(right.nanoseconds))
  }
}

extension Int64 {
  /// Division that rounds down; the divisor is positive.
  func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
