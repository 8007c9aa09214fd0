import CEL
import CLibIcal
import WorkflowEngine

/// One event with all its occurrences.
struct HolidayEvent {
  /// First day of each occurrence.
  private(set) var starts: [CivilDate] = []
  /// Days of an all-day event, at least one; `nil` for an event with times.
  private var length: Int?
  /// Of an event with times: the second of the day on which it begins, and how long it lasts.
  private var second = 0
  private var seconds = 0
  /// The zone of its times; `nil`: whatever zone the calendar has.
  private var zone: ZoneRules?

  init(
    _ event: OpaquePointer, years: ClosedRange<Int>, limit: Int, _ zones: (String) -> ZoneRules?
  ) throws(HolidayProblem) {
    guard let property = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY),
      let first = CivilDate(icalproperty_get_dtstart(property))
    else { throw HolidayProblem("the event has no day", hint: "add DTSTART;VALUE=DATE:20261224") }
    let start = icalproperty_get_dtstart(property)
    let span = try Self.span(of: event, from: start, first)
    if start.is_date != 0 {
      length = max(1, span / 86_400)
    } else {
      (second, seconds) = (start.secondOfDay, span)
      zone = try Self.zone(of: property, start, zones)
    }
    starts = try Self.starts(of: event, from: start, first, years: years, limit: limit)
  }

  /// The days of a calendar in the zone that the event covers wholly.
  func days(in calendar: ZoneRules) -> [CivilDate] {
    starts.flatMap { start in
      if let length { return (0..<length).map { start.adding(days: $0) } }
      let from = (zone ?? calendar).timestamp(of: start, secondOfDay: second)
      let last = second + seconds
      let to = (zone ?? calendar).timestamp(of: start.adding(days: last / 86_400), secondOfDay: last % 86_400)
      let (begin, end) = (
        from.adding(.seconds(calendar.offset(at: from))), to.adding(.seconds(calendar.offset(at: to)))
      )
      let day = begin.secondOfDay == 0 ? begin.date : begin.date.adding(days: 1)
      return (0..<max(0, end.date.daysSinceEpoch - day.daysSinceEpoch)).map { day.adding(days: $0) }
    }
  }

  /// Seconds from the beginning to the end, a year at most.
  private static func span(
    of event: OpaquePointer, from start: icaltimetype, _ first: CivilDate
  ) throws(HolidayProblem) -> Int {
    let span: Int
    if let property = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY) {
      let end = icalproperty_get_dtend(property)
      guard let last = CivilDate(end), (end.is_date != 0) == (start.is_date != 0) else {
        throw HolidayProblem("the event's DTEND does not fit its DTSTART")
      }
      span = (last.daysSinceEpoch - first.daysSinceEpoch) * 86_400 + end.secondOfDay - start.secondOfDay
    } else if let property = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY) {
      span = Int(icaldurationtype_as_int(icalproperty_get_duration(property)))
    } else {
      span = start.is_date != 0 ? 86_400 : 0
    }
    guard (0...366 * 86_400).contains(span) else {
      throw HolidayProblem("the event ends before it begins, or lasts longer than a year")
    }
    return span
  }

  private static func zone(
    of property: OpaquePointer, _ start: icaltimetype, _ zones: (String) -> ZoneRules?
  ) throws(HolidayProblem) -> ZoneRules? {
    if icaltime_is_utc(start) != 0 { return .utc }
    guard let parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER),
      let name = icalparameter_get_tzid(parameter).map({ String(cString: $0) })
    else { return nil }
    guard let rules = zones(name) else {
      throw HolidayProblem(
        "no time zone is named '\(name)'", hint: "write one such as Europe/Berlin, or DTSTART;VALUE=DATE:20261224")
    }
    return rules
  }

  /// The first day and those of RRULE and RDATE, without those of EXDATE.
  private static func starts(
    of event: OpaquePointer, from start: icaltimetype, _ first: CivilDate, years: ClosedRange<Int>, limit: Int
  ) throws(HolidayProblem) -> [CivilDate] {
    var starts: Set<CivilDate> = [first]
    if let rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) {
      guard ical_rule_counts_days(rule) != 0 else {
        throw HolidayProblem(
          "a holiday does not come back within a day", hint: "use FREQ=YEARLY, MONTHLY, WEEKLY or DAILY")
      }
      guard let iterator = ical_rule_iterator(rule, start) else {
        throw HolidayProblem("the event's RRULE cannot be counted")
      }
      defer { icalrecur_iterator_free(iterator) }
      for _ in 0..<limit {
        guard let date = CivilDate(icalrecur_iterator_next(iterator)), date.year <= years.upperBound else { break }
        starts.insert(date)
      }
    }
    for added in properties(ICAL_RDATE_PROPERTY, of: event) {
      if let date = CivilDate(icalproperty_get_rdate(added).time) { starts.insert(date) }
    }
    for excluded in properties(ICAL_EXDATE_PROPERTY, of: event) {
      if let date = CivilDate(icalproperty_get_exdate(excluded)) { starts.remove(date) }
    }
    return starts.filter { years.contains($0.year) }.sorted { $0.daysSinceEpoch < $1.daysSinceEpoch }
  }

  private static func properties(_ kind: icalproperty_kind, of event: OpaquePointer) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    var next = icalcomponent_get_first_property(event, kind)
    while let property = next {
      found.append(property)
      next = icalcomponent_get_next_property(event, kind)
    }
    return found
  }
}

extension CivilDate {
  /// `nil` where libical says "no time", at the end of a recurrence.
  fileprivate init?(_ time: icaltimetype) {
    self.init(year: Int(time.year), month: Int(time.month), day: Int(time.day))
  }
}

extension icaltimetype {
  fileprivate var secondOfDay: Int { is_date != 0 ? 0 : Int(hour) * 3_600 + Int(minute) * 60 + Int(second) }
}
