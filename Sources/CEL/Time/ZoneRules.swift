/// The offsets from UTC of one time zone through history and into the future.
package struct ZoneRules: Sendable, Hashable {
  /// An instant (seconds since 1970) and the offset that holds from it on.
  struct Transition: Sendable, Hashable {
    let at: Int64
    let offset: Int
  }

  /// In ascending order.
  let transitions: [Transition]
  /// The offset before the first transition.
  let first: Int
  /// The rule that holds after the last transition, if the file states one.
  let future: PosixZone?

  init(transitions: [Transition], first: Int, future: PosixZone?) {
    self.transitions = transitions
    self.first = first
    self.future = future
  }

  /// The same offset for ever.
  package init(fixedOffset seconds: Int) {
    self.init(transitions: [], first: seconds, future: nil)
  }

  package static let utc = ZoneRules(fixedOffset: 0)

  /// `UTC`, `Z`, `+02:00`, `-02:30`, `02:00`; nil for anything else, such as a zone's name.
  package init?(fixed name: String) {
    if name == "UTC" || name == "Z" || name.isEmpty {
      self = .utc
    } else if let offset = ZoneRules.fixedOffset(name) ?? ZoneRules.fixedOffset("+" + name) {
      self.init(fixedOffset: offset)
    } else {
      return nil
    }
  }

  /// `+02:00` in seconds.
  static func fixedOffset(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = bytes[1..<3].decimalNumber,
      let minutes = bytes[4..<6].decimalNumber, hours < 24, minutes < 60
    else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  /// Seconds to add to UTC to get the wall clock, at an instant.
  package func offset(at timestamp: Timestamp) -> Int {
    offset(atSecond: timestamp.seconds)
  }

  func offset(atSecond second: Int64) -> Int {
    guard let last = transitions.last else { return future?.offset(atSecond: second) ?? first }
    if second >= last.at { return future?.offset(atSecond: second) ?? last.offset }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : transitions[low - 1].offset
  }

  /// The instant at which the wall clock shows a time of a day.
  ///
  /// A time that the clocks skip (spring) moves forward by the width of the gap; one that they show twice (autumn) is the
  /// first of the two. Clamped to 0001...9999.
  ///
  /// - Parameter secondOfDay: 0 to 86,399 on the wall clock.
  package func timestamp(of date: CivilDate, secondOfDay: Int) -> Timestamp {
    let wall = Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay)
    let before = offset(atSecond: wall - 86_400)
    let after = offset(atSecond: wall + 86_400)
    // Of the two offsets near by, the one before a change gives the first of two readings, and lands after a gap.
    let candidates = [wall - Int64(before), wall - Int64(after)]
    let fitting = candidates.filter { Int64(offset(atSecond: $0)) == wall - $0 }.min()
    let seconds = fitting ?? wall - Int64(before)
    return Timestamp(seconds: seconds) ?? (seconds < 0 ? .earliest : .latest)
  }
}
