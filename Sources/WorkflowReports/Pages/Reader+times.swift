package import CEL

extension Reader {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  private func wall(_ instant: Timestamp) -> Timestamp {
    instant + .seconds(zone.offset(at: instant)) ?? instant
  }

  /// `22 November 2026`, without the year in the reader's own, unless on paper.
  package func day(_ instant: Timestamp) -> String {
    let date = wall(instant).date
    let year = date.year == wall(now).date.year && !isOnPaper ? "" : " \(date.year)"
    return "\(date.day) \(Self.months[date.month - 1])\(year)"
  }

  /// `10:05`.
  package func clock(_ instant: Timestamp) -> String {
    let second = wall(instant).secondOfDay
    let (hour, minute) = (second / 3600, second / 60 % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// `22 November, 10:05`.
  package func moment(_ instant: Timestamp) -> String { "\(day(instant)), \(clock(instant))" }

  /// `just now`, `5 minutes ago`, `in 2 days`; the moment itself when it is more than a month away.
  package func relative(_ instant: Timestamp) -> String {
    let seconds = instant.seconds - now.seconds
    guard let length = Self.length(seconds.magnitude) else { return moment(instant) }
    if seconds.magnitude < 45 { return seconds > 0 ? "in a moment" : "just now" }
    return seconds > 0 ? "in \(length)" : "\(length) ago"
  }

  /// Rounded to the largest unit that fits; `nil` beyond 45 days.
  static func length(_ seconds: UInt64) -> String? {
    let minutes = (seconds + 30) / 60
    if minutes < 60 { return count(Swift.max(minutes, 1), "minute") }
    let hours = (seconds + 1_800) / 3_600
    if hours < 36 { return count(hours, "hour") }
    let days = (seconds + 43_200) / 86_400
    return days <= 45 ? count(days, "day") : nil
  }

  private static func count(_ number: UInt64, _ unit: String) -> String {
    number == 1 ? "1 \(unit)" : "\(number) \(unit)s"
  }

  /// `5 minutes ago`, with the exact time for machines and for who points at it.
  package func ago(_ instant: Timestamp) -> Markup {
    time(instant, relative(instant))
  }

  /// `22 November, 10:05`.
  package func at(_ instant: Timestamp) -> Markup {
    time(instant, moment(instant))
  }

  private func time(_ instant: Timestamp, _ words: String) -> Markup {
    element(
      "time", Attribute("datetime", instant.description), Attribute("title", "\(moment(instant)) (\(zoneName))")
    ) { words }
  }

  /// `due in 2 days`, `overdue since yesterday`: the words and the symbol carry it, the colour repeats it.
  package func due(_ instant: Timestamp?) -> Markup? {
    guard let instant else { return nil }
    if instant < now {
      let late = Self.length(UInt64((now.seconds - instant.seconds).magnitude)).map { "overdue by \($0)" }
      return element("span", .class("due is-late")) { time(instant, late ?? "overdue since \(day(instant))") }
    }
    let isSoon = instant.seconds - now.seconds < 86_400
    return element("span", .class("due", isSoon ? "is-soon" : "")) { time(instant, "due \(relative(instant))") }
  }
}
