import CEL
import WorkflowEngine

extension Reading {
  func calendar(_ entry: YAMLNode.Entry, _ name: String) -> WorkingCalendar? {
    guard let fields = Fields(entry.value, PeopleKeys.calendar, in: self, under: entry.key) else { return nil }
    let timezone = fields["timezone"].flatMap(timezone) ?? "UTC"
    var calendar = WorkingCalendar(
      name: name, timezone: timezone, week: fields["week"].map(week) ?? Array(repeating: [], count: 7))
    for item in fields.list("holidays") {
      if item.text?.hasSuffix(".ics") == true {
        if let path = holidayFile(item) { calendar.holidayFiles.append(path) }
      } else if let date = date(item) {
        calendar.holidays.insert(date)
      }
    }
    return calendar
  }

  /// `calendars/germany.ics`
  private func holidayFile(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    if case .holidays? = RepositoryPath(text) { return text }
    report(
      .holidays, "'\(text)' is not a file of holidays", at: node,
      hint: "write calendars/\(text.split(separator: "/").last ?? "holidays.ics")")
    return nil
  }

  private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private func week(_ node: YAMLNode) -> [[WorkingCalendar.Hours]] {
    var week: [[WorkingCalendar.Hours]] = Array(repeating: [], count: 7)
    var taken: Set<Int> = []
    for entry in entries(node, "days") {
      guard let range = days(entry.key), isFilled(entry) else { continue }
      let hours = hours(entry.value)
      for day in range {
        if !taken.insert(day).inserted {
          report(.workingHours, "'\(Self.days[day])' stands twice in the week", at: entry.key)
        }
        week[day] = hours
      }
    }
    return week
  }

  /// `mon`, or `mon-thu` in the order of the week.
  private func days(_ node: YAMLNode) -> ClosedRange<Int>? {
    let words = (node.text ?? "").split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let places = words.compactMap(Self.days.firstIndex)
    if places.count == words.count, let first = places.first, let last = places.last, places.count <= 2, first <= last {
      return first...last
    }
    report(
      .workingHours, "'\(node.text ?? "")' is not a day or a range of days", at: node,
      hint: "write mon, tue, wed, thu, fri, sat, sun, or a range such as mon-thu")
    return nil
  }

  /// `09:00-12:00`, or a list in order without overlap.
  private func hours(_ node: YAMLNode) -> [WorkingCalendar.Hours] {
    var hours: [WorkingCalendar.Hours] = []
    for item in node.items ?? [node] {
      guard let text = text(item) else { continue }
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(TimeOfDay.second)
      guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else {
        report(.workingHours, "'\(text)' is not a stretch of hours", at: item, hint: "write it as 09:00-17:30")
        continue
      }
      if let last = hours.last, from < last.to {
        report(.workingHours, "'\(text)' begins before the stretch above ends", at: item)
      }
      hours.append(WorkingCalendar.Hours(from: from, to: to))
    }
    return hours
  }
}
