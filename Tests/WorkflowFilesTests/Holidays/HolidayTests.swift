import CEL
import Testing
import WorkflowEngine

@testable import WorkflowFiles

/// Days off from `.ics` files.
@Suite("Holidays from iCalendar files")
struct HolidayTests {
  private static let people = """
    writ: 1
    people: {anna: {name: Anna, email: anna@example.com}}
    calendars:
      office:
        timezone: Europe/Berlin
        week: {mon-fri: 09:00-17:00}
        holidays: [2026-05-01, calendars/berlin.ics]
    """

  private struct Tree: FileTree {
    var texts: [String: [UInt8]]
    func files() throws -> [TreeFile] { texts.keys.sorted().map { TreeFile(path: $0, kind: .file) } }
    func read(_ path: String) throws -> [UInt8]? { texts[path] }
  }

  private func check(_ calendar: String?, people: String = Self.people) throws -> CheckedRepository {
    var texts = ["writ.yaml": Array("writ: 1\n".utf8), "people.yaml": Array(people.utf8)]
    texts["calendars/berlin.ics"] = calendar.map { Array($0.utf8) }
    return try RepositoryCheck.check(Tree(texts: texts))
  }

  /// A file with these events, each of these lines.
  private func file(_ events: String...) -> String {
    let bodies = events.map { "BEGIN:VEVENT\r\nUID:1\r\n\($0.replacing("\n", with: "\r\n"))\r\nEND:VEVENT\r\n" }
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n\(bodies.joined())END:VCALENDAR\r\n"
  }

  /// Days off of the year, beside the first of May of 2026.
  private func days(_ events: String, in year: Int = 2026) throws -> [String] {
    let checked = try check(file(events))
    #expect(checked.findings == [])
    let days = checked.people.calendars["office"]?.holidays.filter { $0.year == year } ?? []
    return days.map(\.description).filter { $0 != "2026-05-01" }.sorted()
  }

  @Test("an all-day event takes off its days, up to the one before its end")
  func allDay() throws {
    #expect(try days("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227") == ["2026-12-25", "2026-12-26"])
    #expect(try days("DTSTART;VALUE=DATE:20261225") == ["2026-12-25"])
    #expect(try days("DTSTART;VALUE=DATE:20261225\nDURATION:P2D") == ["2026-12-25", "2026-12-26"])
  }

  @Test("holidays come back by their rule, with days added and left out, and none that is cancelled")
  func recurring() throws {
    let christmas = "DTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY"
    #expect(try days(christmas) == ["2026-12-25"])
    #expect(try days(christmas, in: 2099) == ["2099-12-25"])
    #expect(try days("DTSTART;VALUE=DATE:20240902\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO") == ["2026-09-07"])
    #expect(
      try days("\(christmas)\nEXDATE;VALUE=DATE:20261225\nRDATE;VALUE=DATE:20261228") == ["2026-12-28"])
    #expect(try days("\(christmas)\nSTATUS:CANCELLED") == [])
    #expect(try days("DTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY;COUNT=3") == [])
  }

  @Test("an event with times takes off the days of the working calendar that it covers wholly")
  func timeZones() throws {
    #expect(try days("DTSTART:20261224T230000Z\nDTEND:20261225T230000Z") == ["2026-12-25"])
    #expect(
      try days("DTSTART;TZID=Europe/Berlin:20261225T000000\nDTEND;TZID=Europe/Berlin:20261227T000000")
        == ["2026-12-25", "2026-12-26"])
    #expect(try days("DTSTART:20261225T000000\nDTEND:20261226T000000") == ["2026-12-25"])
    #expect(try days("DTSTART:20261225T120000\nDTEND:20261225T180000") == [])
    // Summer time ends in between: each year at its own midnight.
    #expect(
      try days(
        "DTSTART;TZID=Europe/Berlin:20241026T000000\nDTEND;TZID=Europe/Berlin:20241027T000000\nRRULE:FREQ=YEARLY")
        == ["2026-10-26"])
  }

  @Test(
    "what cannot be read is said, with the line of the event",
    arguments: [
      ("no calendar at all", "calendars/berlin.ics:1:1: error[W048]: the file is not an iCalendar file"),
      ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "calendars/berlin.ics:1:1: error[W048]: the file has no event"),
      (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n",
        "calendars/berlin.ics:2:1: error[W048]: the event has no day"
      ),
      (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Mars/Olympus:20261225T000000\nEND:VEVENT\nEND:VCALENDAR\n",
        "calendars/berlin.ics:2:1: error[W048]: no time zone is named 'Mars/Olympus'"
      ),
      (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225T000000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n",
        "calendars/berlin.ics:2:1: error[W048]: a holiday does not come back within a day"
      ),
      (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261224\nEND:VEVENT\nEND:VCALENDAR\n",
        "calendars/berlin.ics:2:1: error[W048]: the event ends before it begins, or lasts longer than a year"
      ),
    ])
  func broken(text: String, expected: String) throws {
    let found = FindingFormat.pretty.render(try check(text).findings)
    #expect(found.hasPrefix(expected), "\(found)")
  }

  @Test("a file that is not there, or lies elsewhere, is said where it is named")
  func missing() throws {
    let missing = FindingFormat.pretty.render(try check(nil).findings)
    #expect(missing.hasPrefix("people.yaml:7:"), "\(missing)")
    #expect(missing.contains("error[W048]: there is no file calendars/berlin.ics"))
    let elsewhere = try check(nil, people: Self.people.replacing("calendars/berlin", with: "../berlin"))
    #expect(FindingFormat.pretty.render(elsewhere.findings).contains("error[W048]: '../berlin.ics' is not a file of"))
  }

  @Test("what is deployed is read with its holidays; hostile bytes are findings, never crashes")
  func deployed() throws {
    let text = file("DTSTART;VALUE=DATE:20261225")
    let tree = Tree(texts: [
      "people.yaml": Array(Self.people.utf8), "calendars/berlin.ics": Array(text.utf8),
    ])
    let policy = try RepositoryCheck.policy(of: tree)
    #expect(policy.people.calendars["office"]?.isWorked(CivilDate(iso: "2026-12-25")!) == false)
    let bytes = Array(text.utf8)
    for cut in 0..<bytes.count {
      _ = HolidayFile(Array(bytes[..<cut]), file: "a.ics") { _ in nil }
      var broken = bytes
      broken[cut] = broken[cut] &+ 128
      _ = HolidayFile(broken, file: "a.ics") { _ in nil }
    }
  }
}
