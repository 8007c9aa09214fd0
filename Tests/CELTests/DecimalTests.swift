import CEL
import Testing

@Suite("Decimals")
struct DecimalTests {
  static let texts: [(text: String, canonical: String)] = [
    ("12.50", "12.5"), ("-0.00", "0"), ("1e3", "1000"), ("+0.001", "0.001"), ("00012", "12"), ("1.5E-3", "0.0015"),
    ("9999999999999999999999999999999999", "9999999999999999999999999999999999"), (".5", "0.5"), ("100.00", "100"),
  ]

  @Test("a number has one text", arguments: texts)
  func text(row: (text: String, canonical: String)) throws {
    let decimal = try #require(Decimal(row.text))
    #expect(decimal.description == row.canonical)
    #expect(Decimal(row.canonical) == decimal)
  }

  @Test(
    "what is no number of 34 digits is refused",
    arguments: ["", "-", "1,5", "1e", "12a", "1e101", "12345678901234567890123456789012345", "1 "])
  func refused(text: String) {
    #expect(Decimal(text) == nil)
  }

  @Test("sums and products are exact, or refused")
  func arithmetic() throws {
    func decimal(_ text: String) throws -> Decimal { try #require(Decimal(text)) }
    #expect(try decimal("0.1").adding(decimal("0.2")) == decimal("0.3"))
    #expect(try decimal("1").subtracting(decimal("1.00")) == .zero)
    #expect(try decimal("-1.5").multiplied(by: decimal("0.2")) == decimal("-0.3"))
    #expect(try decimal("1e33").adding(decimal("0.01")) == nil)
    #expect(try decimal("5e20").multiplied(by: decimal("2e-20")) == decimal("10"))
    let large = try decimal("9999999999999999999999999999999999")
    #expect(large.multiplied(by: large) == nil)
    #expect(large.adding(try decimal("1")) == (try decimal("1e34")))
    #expect(try decimal("25000000000000000000").multiplied(by: decimal("40000000000000000000")) == decimal("1e39"))
  }

  @Test("order is by value, whatever the exponents")
  func order() throws {
    let ascending = ["-1e100", "-2", "-0.1", "0", "1e-100", "0.09", "0.1", "1", "1.5", "2", "10", "1e100"]
    let decimals = try ascending.map { try #require(Decimal($0)) }
    for (left, right) in zip(decimals, decimals.dropFirst()) { #expect(left < right && !(right < left)) }
  }

  static let roundings: [(Decimal.Rounding, [String])] = [
    (.halfEven, ["2", "2", "-2", "3"]), (.halfUp, ["2", "3", "-3", "3"]), (.halfDown, ["2", "2", "-2", "3"]),
    (.up, ["3", "3", "-3", "3"]), (.down, ["2", "2", "-2", "2"]), (.ceiling, ["3", "3", "-2", "3"]),
    (.floor, ["2", "2", "-3", "2"]),
  ]

  @Test("each rounding rounds its way", arguments: roundings)
  func rounding(row: (Decimal.Rounding, [String])) throws {
    let rounded = try ["2.4", "2.5", "-2.5", "2.51"].map {
      try #require(Decimal($0)?.rounded(digits: 0, rounding: row.0)).description
    }
    #expect(rounded == row.1)
  }

  @Test("division keeps the digits that are asked for")
  func division() throws {
    let two = try #require(Decimal("2"))
    let three = try #require(Decimal("3"))
    #expect(two.divided(by: three, digits: 4, rounding: .halfUp)?.description == "0.6667")
    #expect(two.divided(by: .zero, digits: 4, rounding: .halfUp) == nil)
    #expect(Decimal("1e-50")?.divided(by: three, digits: 2, rounding: .up)?.description == "0.01")
    #expect(Decimal("1e40")?.divided(by: three, digits: 2, rounding: .up) == nil)
    #expect(Decimal("12.5")?.text(fractionDigits: 2) == "12.50")
    #expect(Decimal("1200")?.text(fractionDigits: 2) == "1200.00")
    #expect(Decimal("0")?.text(fractionDigits: 2) == "0.00")
  }
}
