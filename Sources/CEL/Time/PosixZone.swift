/// The rule at the end of a TZif file, POSIX `TZ` with the extensions of RFC 9636: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZone: Sendable, Hashable {
  /// When in a year the clocks change.
  struct Change: Sendable, Hashable {
    enum Day: Sendable, Hashable {
      /// `Mm.w.d`: the w-th weekday d (0 is Sunday) of month m; 5 is the last.
      case week(month: Int, week: Int, weekday: Int)
      /// `Jn`: 1 to 365, never counting 29 February.
      case julian(Int)
      /// `n`: 0 to 365, counting it.
      case zeroBased(Int)
    }
    let day: Day
    /// Seconds after midnight on the wall clock; may be negative or beyond a day.
    let time: Int
  }

  struct Summer: Sendable, Hashable {
    let offset: Int
    let start: Change
    let end: Change
  }

  /// Seconds east of UTC.
  let standard: Int
  let summer: Summer?

  func offset(atSecond second: Int64) -> Int {
    guard let summer else { return standard }
    let year = CivilDate(daysSinceEpoch: Int((second + Int64(standard)).floorDivided(by: 86_400))).year
    let start = summer.start.second(inYear: year) - Int64(standard)
    let end = summer.end.second(inYear: year) - Int64(summer.offset)
    let isSummer = start < end ? second >= start && second < end : second >= start || second < end
    return isSummer ? summer.offset : standard
  }
}

extension PosixZone.Change {
  /// Seconds since 1970 as the wall clock counts.
  func second(inYear year: Int) -> Int64 {
    Int64(days(inYear: year)) * 86_400 + Int64(time)
  }

  private func days(inYear year: Int) -> Int {
    guard let newYear = CivilDate(year: year, month: 1, day: 1) else { return 0 }
    switch day {
    case .julian(let number):
      return newYear.daysSinceEpoch + number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
    case .zeroBased(let number):
      return newYear.daysSinceEpoch + number
    case .week(let month, let week, let weekday):
      guard let first = CivilDate(year: year, month: month, day: 1) else { return 0 }
      let length = CivilDate.days(inMonth: month, ofYear: year)
      var day = (weekday - (first.weekday + 1) % 7 + 7) % 7 + (week - 1) * 7
      if day >= length { day -= 7 }
      return first.daysSinceEpoch + day
    }
  }
}

extension PosixZone {
  /// nil if the text is not a rule.
  init?(_ text: some Collection<UInt8>) {
    var scanner = PosixZoneScanner(rest: Array(text)[...])
    guard scanner.name(), let standard = scanner.time() else { return nil }
    self.standard = -standard
    if scanner.rest.isEmpty {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    let isOffsetGiven = scanner.rest.first != UInt8(ascii: ",")
    guard let offset = isOffsetGiven ? scanner.time() : standard - 3600,
      let start = scanner.change(), let end = scanner.change(), scanner.rest.isEmpty
    else { return nil }
    summer = Summer(offset: -offset, start: start, end: end)
  }
}

private struct PosixZoneScanner {
  var rest: ArraySlice<UInt8>

  /// `CET` or `<+03>`.
  mutating func name() -> Bool {
    if take("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[(end + 1)...]
      return true
    }
    let letters = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    rest = rest[letters.endIndex...]
    return letters.count >= 3
  }

  /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
  mutating func time() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard var seconds = number(), seconds <= 167 else { return nil }
    seconds *= 3600
    if take(":") {
      guard let minutes = number(), minutes < 60 else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let more = number(), more < 60 else { return nil }
        seconds += more
      }
    }
    return isNegative ? -seconds : seconds
  }

  /// `,M3.5.0/2`, `,J60`, `,59/-1`.
  mutating func change() -> PosixZone.Change? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return PosixZone.Change(day: day, time: 7200) }
    guard let time = time() else { return nil }
    return PosixZone.Change(day: day, time: time)
  }

  private mutating func day() -> PosixZone.Change.Day? {
    if take("M") {
      guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
        (1...12).contains(month), (1...5).contains(week), weekday < 7
      else { return nil }
      return .week(month: month, week: week, weekday: weekday)
    }
    let isJulian = take("J")
    guard let number = number(), number <= 365 else { return nil }
    return isJulian ? .julian(number) : .zeroBased(number)
  }

  private mutating func number() -> Int? {
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard digits.count <= 3 else { return nil }
    rest = rest[digits.endIndex...]
    return digits.decimalNumber
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
