package import CEL

/// Counting on a working calendar.
///
/// n business days: move into working time, then n working days on, same wall clock, clipped to the day's hours.
/// n business hours: working seconds, across days. Both give up after ten years without a working day.
extension WorkingCalendar {
  private static let horizon = 3_660

  package func isWorked(_ date: CivilDate) -> Bool {
    !holidays.contains(date) && !hours(on: date).isEmpty
  }

  private func hours(on date: CivilDate) -> [Hours] {
    // CivilDate counts Monday as 0.
    holidays.contains(date) || week.count != 7 ? [] : week[date.weekday]
  }

  /// Negative `days` count back.
  package func instant(days: Int, after start: Timestamp, zone: ZoneRules) -> Timestamp {
    var (date, second) = local(start, zone)
    (date, second) = intoWorkingTime(date, second)
    var left = abs(days)
    var looked = 0
    while left > 0, looked < Self.horizon {
      date = date.adding(days: days < 0 ? -1 : 1)
      looked += 1
      if isWorked(date) { left -= 1 }
    }
    return zone.timestamp(of: date, secondOfDay: clipped(second, on: date))
  }

  package func instant(hours: Int, after start: Timestamp, zone: ZoneRules) -> Timestamp {
    var (date, second) = local(start, zone)
    var left = hours * 3_600
    for _ in 0..<Self.horizon {
      for slot in self.hours(on: date) where slot.to > second {
        let from = max(slot.from, second)
        if from + left <= slot.to { return zone.timestamp(of: date, secondOfDay: from + left) }
        left -= slot.to - from
      }
      date = date.adding(days: 1)
      second = 0
    }
    return zone.timestamp(of: date, secondOfDay: 0)
  }

  private func local(_ instant: Timestamp, _ zone: ZoneRules) -> (CivilDate, Int) {
    let wall = instant.adding(.seconds(zone.offset(at: instant)))
    return (wall.date, wall.secondOfDay)
  }

  /// The moment itself inside working hours, else the next beginning of work.
  private func intoWorkingTime(_ date: CivilDate, _ second: Int) -> (CivilDate, Int) {
    var date = date
    var second = second
    for _ in 0..<Self.horizon {
      for slot in hours(on: date) {
        if second < slot.from { return (date, slot.from) }
        if second < slot.to { return (date, second) }
      }
      date = date.adding(days: 1)
      second = 0
    }
    return (date, second)
  }

  private func clipped(_ second: Int, on date: CivilDate) -> Int {
    let slots = hours(on: date)
    guard let first = slots.first, let last = slots.last else { return second }
    return min(max(second, first.from), last.to)
  }
}
