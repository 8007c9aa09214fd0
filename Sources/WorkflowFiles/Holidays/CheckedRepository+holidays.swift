import CEL
import WorkflowEngine

extension People {
  private static let zones = SystemZones()

  /// Takes the days of `.ics` files into the calendars that name them.
  ///
  /// - Parameter report: told of every calendar, the file that it names, and what is wrong with that; `nil`: there is no
  ///   such file.
  mutating func takeHolidays(
    _ read: (String) throws -> [UInt8]?, _ report: (String, String, [Finding]?) -> Void = { _, _, _ in }
  ) rethrows {
    for (name, calendar) in calendars.sorted(by: { $0.key < $1.key }) {
      for path in calendar.holidayFiles {
        guard let bytes = try read(path) else {
          report(name, path, nil)
          continue
        }
        let file = HolidayFile(bytes, file: path, zones: Self.zones.rules)
        let zone = Self.zones.rules(calendar.timezone) ?? .utc
        calendars[name]?.holidays.formUnion(file.days(in: zone))
        report(name, path, file.findings)
      }
    }
  }
}

extension CheckedRepository {
  /// - Parameter document: `people.yaml`, where it is there.
  mutating func takeHolidays(of document: ReadFile<People>?) {
    var found: [Finding] = []
    let files = files
    people.takeHolidays({ files[$0] }) { calendar, path, findings in
      let missing = Diagnostic(
        ReadingRule.holidays.rawValue, .error, "there is no file \(path)",
        at: ["calendars", .key(calendar), "holidays"], hint: "add it, or remove it here")
      found += findings ?? document?.locate([missing]) ?? []
    }
    for finding in found where !findings.contains(finding) { findings.append(finding) }
  }
}
