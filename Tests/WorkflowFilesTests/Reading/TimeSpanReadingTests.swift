import Testing
import WorkflowEngine

@testable import WorkflowFiles

@Suite("Reading lengths of time")
struct TimeSpanReadingTests {
  @Test(
    "reads every spelling",
    arguments: [
      ("30s", TimeSpan.elapsed(.seconds(30))), ("90m", .elapsed(.seconds(5_400))), ("4h", .elapsed(.seconds(14_400))),
      ("3d", .elapsed(.seconds(259_200))), ("2w", .elapsed(.seconds(1_209_600))), ("0s", .elapsed(.zero)),
      ("PT90M", .elapsed(.seconds(5_400))), ("P1DT12H30M10S", .elapsed(.seconds(131_410))),
      ("P2W", .elapsed(.seconds(1_209_600))), ("1 business day", .businessDays(1)),
      ("2 business days", .businessDays(2)),
      ("4 business hours", .businessHours(4)),
    ])
  func spellings(_ text: String, _ span: TimeSpan) throws {
    #expect(try TimeSpan.parse(text).get() == span)
  }

  @Test(
    "says what was meant",
    arguments: [
      ("2 days", "write 2d"), ("1 hour", "write 1h"), ("90 min", "write 90m"), ("90min", "write 90m"),
      ("5 m", "write 5m"),
      ("3D", "write 3d"), ("2 workdays", "write 2 business days"), ("5", "write a unit: 5s, 5m, 5h or 5d"),
      ("2 months", "months and years have no fixed length; write days: 30d"), ("P1Y", "write days: 30d"),
      ("1.5h", "write a whole number of a smaller unit: 90m for one and a half hours"),
      ("P", "write 90m, or PT90M"), ("PT", "write 90m, or PT90M"), ("P1H", "write 90m, or PT90M"),
      ("PT1M1H", "write 90m, or PT90M"), ("P1", "write 90m, or PT90M"),
      ("", "write 30s, 90m, 4h, 3d, 2w or 2 business days"), ("-3d", "write 30s, 90m, 4h, 3d, 2w or 2 business days"),
    ])
  func mistakes(_ text: String, _ hint: String) {
    guard case .failure(let mistake) = TimeSpan.parse(text) else { return #expect(Bool(false), "\(text) was read") }
    #expect(mistake.hint == hint)
  }

  @Test(
    "refuses more than a hundred years",
    arguments: [
      "99999999999999999999999d", "40000d", "9223372036854775807s", "P99999999999W", "99999999999 business days",
    ])
  func tooLong(_ text: String) {
    guard case .failure(let mistake) = TimeSpan.parse(text) else { return #expect(Bool(false), "\(text) was read") }
    #expect(mistake.message.contains("hundred years") || mistake.message.contains("ISO"))
  }
}
