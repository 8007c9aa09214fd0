import CEL
import Testing

@Suite("Time")
struct TimeTests {
  static let instants: [(text: String, canonical: String, milliseconds: Int64)] = [
    ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0),
    ("2026-11-22T12:00:00.1230+02:00", "2026-11-22T10:00:00.123Z", 1_795_341_600_123),
    ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z", -1),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", -62_135_596_800_000),
    ("2024-02-29T00:00:00-00:30", "2024-02-29T00:30:00Z", 1_709_166_600_000),
  ]

  @Test("RFC 3339 is read and written", arguments: instants)
  func rfc3339(row: (text: String, canonical: String, milliseconds: Int64)) throws {
    let timestamp = try #require(Timestamp(rfc3339: row.text))
    #expect(timestamp.description == row.canonical)
    #expect(timestamp.milliseconds == row.milliseconds)
    #expect(Timestamp(milliseconds: row.milliseconds) == timestamp)
  }

  @Test(
    "what is not RFC 3339 is refused",
    arguments: [
      "2026-11-22", "2026-11-22 10:00:00Z", "2026-02-29T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T10:00:00",
      "2026-11-22T10:00:00.Z", "2026-11-22T10:00:00+2:00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "",
    ])
  func refused(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("milliseconds always have three digits")
  func milliseconds() {
    #expect(Timestamp(milliseconds: 5).rfc3339Milliseconds == "1970-01-01T00:00:00.005Z")
    #expect(Timestamp(milliseconds: .max) == .latest)
  }

  @Test("arithmetic is checked")
  func arithmetic() throws {
    #expect(Timestamp.epoch + .milliseconds(-1) == Timestamp(milliseconds: -1))
    #expect(Timestamp.latest + .nanoseconds(1) == nil)
    #expect(Timestamp.earliest - .nanoseconds(1) == nil)
    #expect(Timestamp(milliseconds: 1500) - Timestamp.epoch == .milliseconds(1500))
  }

  @Test("every day of four centuries goes to a number and back, weekdays in order")
  func civil() throws {
    var date = try #require(CivilDate(year: 1900, month: 1, day: 1))
    #expect(date.weekday == 0)
    for _ in 0..<146_097 {
      let next = date.adding(days: 1)
      #expect(next.daysSinceEpoch == date.daysSinceEpoch + 1 && date < next && next.weekday == (date.weekday + 1) % 7)
      date = next
    }
    #expect(date.description == "2300-01-01")
    #expect(CivilDate(iso: "2026-02-29") == nil)
    #expect(date.adding(days: .max) == .latest)
  }

  static let berlin: [(instant: String, offset: Int)] = [
    ("2026-01-01T00:00:00Z", 3600), ("2026-03-29T00:59:59Z", 3600), ("2026-03-29T01:00:00Z", 7200),
    ("2026-10-25T00:59:59Z", 7200), ("2026-10-25T01:00:00Z", 3600), ("2126-07-01T00:00:00Z", 7200),
    ("9999-12-31T00:00:00Z", 3600),
  ]

  @Test("a rule gives the offsets of summer and winter, far into the future", arguments: berlin)
  func rule(row: (instant: String, offset: Int)) throws {
    let zone = try ZoneRules(tzif: TimeTests.tzif(rule: "CET-1CEST,M3.5.0,M10.5.0/3"))
    #expect(zone.offset(at: try #require(Timestamp(rfc3339: row.instant))) == row.offset)
  }

  @Test("a skipped time moves forward, a doubled one is the first")
  func wallClock() throws {
    let zone = try ZoneRules(tzif: TimeTests.tzif(rule: "CET-1CEST,M3.5.0,M10.5.0/3"))
    let spring = try #require(CivilDate(iso: "2026-03-29"))
    let autumn = try #require(CivilDate(iso: "2026-10-25"))
    #expect(zone.timestamp(of: spring, secondOfDay: 9000).description == "2026-03-29T01:30:00Z")
    #expect(zone.timestamp(of: spring, secondOfDay: 3600).description == "2026-03-29T00:00:00Z")
    #expect(zone.timestamp(of: autumn, secondOfDay: 9000).description == "2026-10-25T00:30:00Z")
    #expect(zone.timestamp(of: autumn, secondOfDay: 14_400).description == "2026-10-25T03:00:00Z")
  }

  @Test("south of the equator summer goes over the new year")
  func south() throws {
    let zone = try ZoneRules(tzif: TimeTests.tzif(rule: "AEST-10AEDT,M10.1.0,M4.1.0/3"))
    #expect(zone.offset(at: try #require(Timestamp(rfc3339: "2026-01-01T00:00:00Z"))) == 39_600)
    #expect(zone.offset(at: try #require(Timestamp(rfc3339: "2026-07-01T00:00:00Z"))) == 36_000)
  }

  @Test("broken files are refused", arguments: [0, 3, 43, 44, 60, 95])
  func broken(length: Int) {
    let bytes = TimeTests.tzif(rule: "CET-1CEST,M3.5.0,M10.5.0/3")
    #expect(throws: ZoneError.self) { try ZoneRules(tzif: Array(bytes.prefix(length))) }
  }

  /// A version 2 file with one type and no transitions: an offset of an hour until the rule holds.
  static func tzif(rule: String) -> [UInt8] {
    func block() -> [UInt8] {
      let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
      let counts: [UInt8] = [0, 0, 0, 0, 1, 4].flatMap { [0, 0, 0, $0] }
      return header + counts + [0, 0, 0x0E, 0x10, 0, 0] + Array("CET".utf8) + [0]
    }
    return block() + block() + Array("\n\(rule)\n".utf8)
  }

  static let durations: [(text: String, canonical: String)] = [
    ("1h30m", "5400s"), ("-1.5s", "-1.5s"), ("250ms", "0.25s"), ("0", "0s"), ("-0.5s", "-0.5s"),
    ("1us1ns", "0.000001001s"),
  ]

  @Test("durations are read and written", arguments: durations)
  func duration(row: (text: String, canonical: String)) throws {
    #expect(try #require(Duration(cel: row.text)).celText == row.canonical)
  }

  @Test("what is no duration is refused", arguments: ["", "1", "h", "1d", "1h ", "--1s", "1.2.3s", "9999999h", "."])
  func noDuration(text: String) {
    #expect(Duration(cel: text) == nil)
  }
}
