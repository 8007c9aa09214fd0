import CEL
import Testing

@testable import WorkflowEngine

@Suite("Exact numbers")
struct ExactNumberTests {
  @Test(
    "order is that of the numbers, however they are written",
    arguments: [
      ("-2", "-1"), ("-1", "0"), ("0", "1e-300"), ("0.3", "0.31"), ("9", "10"), ("1e20", "1.1e20"), ("-1e3", "1"),
    ])
  func order(_ less: String, _ more: String) throws {
    let (one, other) = try (#require(ExactNumber(parsing: less)), #require(ExactNumber(parsing: more)))
    #expect(one < other)
    #expect(!(other < one))
    #expect(!(one < one))
  }

  @Test("equal numbers are equal in any spelling")
  func equality() {
    #expect(ExactNumber(parsing: "1.50") == ExactNumber(.double(1.5)))
    #expect(ExactNumber(parsing: "1" + String(repeating: "0", count: 100)) == ExactNumber(parsing: "1e100"))
    #expect(ExactNumber(parsing: "100.00100") == ExactNumber(parsing: "100001e-3"))
    #expect(ExactNumber(.int(100)) == ExactNumber(parsing: "1e2"))
    #expect(ExactNumber(parsing: "-0.0") == ExactNumber(.int(0)))
  }

  @Test(
    "what is no number is none",
    arguments: [
      "", "-", ".", "1x", "1e", "nan", "inf", "1e999999", "1e-9223372036854775808",
      "99999999999999999999999999999999999999999",
    ])
  func malformed(_ text: String) {
    #expect(ExactNumber(parsing: text) == nil)
  }

  @Test("multiples of large and small steps")
  func multiples() throws {
    let largest = try #require(ExactNumber(.double(.greatestFiniteMagnitude)))
    #expect(try largest.isMultiple(of: #require(ExactNumber(parsing: "0.01"))))
    #expect(try !largest.isMultiple(of: #require(ExactNumber(parsing: "7"))))
    #expect(try !#require(ExactNumber(parsing: "0.001")).isMultiple(of: #require(ExactNumber(parsing: "0.01"))))
  }
}
