package import CEL

extension Turn {
  /// The instant that lies `span` after now, on the calendar of the workflow or else of `writ.yaml`.
  func instant(after span: TimeSpan, calendar name: String?) throws(StepFailure) -> Timestamp {
    switch span {
    case .elapsed(let duration): return context.now.adding(duration)
    case .businessHours(let n): return try workingCalendar(name).instant(hours: n, after: context.now, zone: zone(name))
    case .businessDays(let n): return try workingCalendar(name).instant(days: n, after: context.now, zone: zone(name))
    }
  }

  private func workingCalendar(_ name: String?) throws(StepFailure) -> WorkingCalendar {
    let wanted = name ?? workflow.calendar ?? context.policy.settings.calendar
    guard let wanted, let calendar = context.policy.people.calendars[wanted] else {
      throw StepFailure(
        code: "calendar",
        message: wanted.map { "no calendar is named '\($0)' in people.yaml" }
          ?? "business time needs a calendar: name one in the workflow or in writ.yaml")
    }
    return calendar
  }

  private func zone(_ name: String?) throws(StepFailure) -> ZoneRules {
    try zone(named: try workingCalendar(name).timezone)
  }

  func zone(named name: String) throws(StepFailure) -> ZoneRules {
    guard let zone = context.policy.zones(name) else {
      throw StepFailure(code: "calendar", message: "no time zone is named '\(name)'")
    }
    return zone
  }

  /// `until:`
  func instant(of moment: Moment, _ evaluation: Evaluation) throws(StepFailure) -> Timestamp {
    switch moment {
    case .formula(let formula):
      let value = try evaluation.value(of: formula, "until")
      if case .timestamp(let instant) = value { return instant }
      if case .string(let text) = value, let instant = Timestamp(rfc3339: text) { return instant }
      throw StepFailure(code: "expression", message: "until: `\(formula.source)` is not a timestamp")
    case .date(let formula, let second, let minus):
      let zone = try zone(named: workflow.timezone ?? context.policy.settings.timezone)
      let value = try evaluation.value(of: formula, "until.date")
      guard case .string(let text) = value, let date = CivilDate(iso: text) else {
        throw StepFailure(
          code: "expression", message: "until.date: `\(formula.source)` is not a date such as 2026-12-24")
      }
      return try earlier(zone.timestamp(of: date, secondOfDay: second), by: minus)
    }
  }

  private func earlier(_ instant: Timestamp, by span: TimeSpan?) throws(StepFailure) -> Timestamp {
    switch span {
    case nil: return instant
    case .elapsed(let duration): return instant.adding(.zero - duration)
    case .businessDays(let n): return try workingCalendar(nil).instant(days: -n, after: instant, zone: zone(nil))
    case .businessHours:
      throw StepFailure(code: "calendar", message: "until.minus counts days or elapsed time, not business hours")
    }
  }
}
