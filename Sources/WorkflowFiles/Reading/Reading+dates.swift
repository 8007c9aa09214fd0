import CEL
import WorkflowEngine

extension Reading {
  /// `2026-12-24`
  func date(_ node: YAMLNode) -> CivilDate? {
    guard let text = text(node) else { return nil }
    if let date = CivilDate(iso: text) { return date }
    report(.dateOrTime, "'\(text)' is not a date of the calendar", at: node, hint: "write it as 2026-12-24")
    return nil
  }

  /// `09:00`, as the second of the day.
  func timeOfDay(_ node: YAMLNode) -> Int? {
    guard let text = text(node) else { return nil }
    if let second = TimeOfDay.second(Substring(text)), second < 86_400 { return second }
    report(.dateOrTime, "'\(text)' is not a time of day", at: node, hint: "write it as 09:00 or 17:30")
    return nil
  }

  private static let zones = SystemZones()

  /// A name of the time zone database, which the machine has that reads it.
  func timezone(_ node: YAMLNode) -> String? {
    guard let text = text(node) else { return nil }
    let isName = text.utf8.allSatisfy {
      (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "/_+-".utf8.contains($0)
    }
    if !isName || text.hasPrefix("/") || text.utf8.count > 64 {
      report(
        .dateOrTime, "'\(text)' is not the name of a time zone", at: node,
        hint: "write one such as Europe/Berlin or UTC")
    } else if !Self.zones.has(text) {
      report(
        .dateOrTime, "no time zone is named '\(text)'", at: node,
        hint: Nearest.hint(for: text, among: Self.zones.names) ?? "write one such as Europe/Berlin or UTC")
    }
    return text
  }
}

enum TimeOfDay {
  /// `HH:MM` up to `24:00`, in seconds from midnight.
  static func second(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2,
      parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour < 24 || (hour == 24 && minute == 0)
    else { return nil }
    return hour * 3_600 + minute * 60
  }
}
