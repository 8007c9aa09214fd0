import CEL
import Foundation
import Testing

@Suite("Time zones of the system")
struct SystemZoneTests {
  static let isThere = FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/Berlin")

  static let rows: [(zone: String, instant: String, offset: Int)] = [
    ("Europe/Berlin", "2026-11-22T10:00:00Z", 3600), ("Europe/Berlin", "1980-07-01T00:00:00Z", 7200),
    ("Asia/Kathmandu", "2026-11-22T10:00:00Z", 20_700), ("America/New_York", "2100-07-01T00:00:00Z", -14_400),
    ("UTC", "2026-11-22T10:00:00Z", 0),
  ]

  @Test("files of the system are understood", .enabled(if: isThere, "no /usr/share/zoneinfo"), arguments: rows)
  func offsets(row: (zone: String, instant: String, offset: Int)) throws {
    let zone = try #require(SystemZones.rules(row.zone))
    #expect(zone.offset(at: try #require(Timestamp(rfc3339: row.instant))) == row.offset)
  }
}
