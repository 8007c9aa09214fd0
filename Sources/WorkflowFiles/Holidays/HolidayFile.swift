import CEL
import CLibIcal
import WorkflowEngine

/// An iCalendar file (RFC 5545) of days that are not worked. libical reads it and counts its recurrences.
///
/// An all-day event takes its days off. An event with times takes off the days, of the calendar's own time zone, that it
/// covers wholly. What is cancelled takes nothing.
struct HolidayFile {
  /// Days after this year are not looked for, nor before 2000.
  private static let years = 2000...2099
  /// More days than this are a mistake.
  private static let limit = 50_000

  /// So many broken events are enough to say so.
  private static let mistakes = 20

  private(set) var events: [HolidayEvent] = []
  private(set) var findings: [Finding] = []
  private let source: SourceText

  /// - Parameter zones: rules by IANA name, for events whose times name a zone.
  init(_ bytes: [UInt8], file: String, zones: (String) -> ZoneRules?) {
    source = SourceText(bytes, file: file)
    read(bytes, zones)
  }

  /// The days off in a calendar of that time zone.
  func days(in zone: ZoneRules) -> Set<CivilDate> {
    Set(events.flatMap { $0.days(in: zone) })
  }

  private mutating func read(_ bytes: [UInt8], _ zones: (String) -> ZoneRules?) {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      return report("the file is not text in UTF-8", line: 1)
    }
    guard let root = icalparser_parse_string(text) else {
      return report("the file is not an iCalendar file", line: 1, hint: "it begins with BEGIN:VCALENDAR")
    }
    defer { icalcomponent_free(root) }
    guard icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT else {
      return report("the file is not one iCalendar file", line: 1, hint: "it begins with BEGIN:VCALENDAR")
    }
    let lines = Self.lines(of: text)
    var next = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT)
    var number = 0
    while let event = next, findings.count < Self.mistakes {
      let line = lines.indices.contains(number) ? lines[number] : 1
      number += 1
      do throws(HolidayProblem) { try read(event, zones) } catch { report(error.message, line: line, hint: error.hint) }
      next = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)
    }
    if number == 0 { report("the file has no event", line: 1, hint: "a holiday is a VEVENT") }
  }

  private mutating func read(_ event: OpaquePointer, _ zones: (String) -> ZoneRules?) throws(HolidayProblem) {
    if let broken = icalcomponent_get_first_property(event, ICAL_XLICERROR_PROPERTY) {
      let words = icalproperty_get_xlicerror(broken).map { String(cString: $0) } ?? "it cannot be read"
      throw HolidayProblem("the event is broken: \(words)")
    }
    guard icalcomponent_get_status(event) != ICAL_STATUS_CANCELLED else { return }
    let read = try HolidayEvent(event, years: Self.years, limit: Self.limit, zones)
    guard events.reduce(read.starts.count, { $0 + $1.starts.count }) <= Self.limit else {
      throw HolidayProblem("the file takes more than \(Self.limit) days off")
    }
    events.append(read)
  }

  /// On which lines events begin.
  private static func lines(of text: String) -> [Int] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
      line.uppercased().hasPrefix("BEGIN:VEVENT") ? number + 1 : nil
    }
  }

  private mutating func report(_ message: String, line: Int, hint: String? = nil) {
    findings.append(
      Finding(ReadingRule.holidays.rawValue, .error, message, at: source.place(source.line(line)), hint: hint))
  }
}

struct HolidayProblem: Error {
  var message: String
  var hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
