extension Decimal {
  /// `12.50`, `-3`, `+1.5e3`; nil for anything else, and for more than 34 significant digits.
  package init?(_ text: some StringProtocol) {
    var rest = Array(text.utf8)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var coefficient: UInt128 = 0
    var exponent = 0
    var zeros = 0
    var isFraction = false
    var digits = 0
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else if byte >= 0x30, byte <= 0x39 {
        digits += 1
        if isFraction { exponent -= 1 }
        if byte == 0x30 {
          zeros += 1
        } else {
          guard Decimal.append(byte - 0x30, after: zeros, to: &coefficient) else { return nil }
          zeros = 0
        }
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard digits > 0, digits < 1000, let power = Decimal.exponent(rest) else { return nil }
    self.init(coefficient: coefficient, exponent: exponent + zeros + power, isNegative: isNegative)
  }

  private static func append(_ digit: UInt8, after zeros: Int, to coefficient: inout UInt128) -> Bool {
    if coefficient != 0 {
      guard zeros < maximumDigits else { return false }
      let (shifted, overflow) = coefficient.multipliedReportingOverflow(by: power(zeros + 1))
      guard !overflow else { return false }
      coefficient = shifted
    }
    coefficient += UInt128(digit)
    return coefficient < coefficientBound
  }

  private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
    guard let mark = text.first else { return 0 }
    guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
    var rest = text.dropFirst()
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard let number = rest.decimalNumber, number < 10_000 else { return nil }
    return isNegative ? -number : number
  }

  /// Rounded half-even to a fixed number of digits after the point: `12.50` for money. nil beyond 34 digits.
  package func text(fractionDigits: Int) -> String? {
    guard let rounded = rounded(digits: fractionDigits, rounding: .halfEven) else { return nil }
    let missing = fractionDigits + min(0, rounded.exponent)
    guard missing > 0 else { return rounded.description }
    let point = rounded.exponent < 0 ? "" : "."
    return rounded.description + point + String(repeating: "0", count: missing)
  }

  /// The nearest double.
  package var double: Double { Double(description) ?? 0 }

  /// The whole number that this is; nil if it has a fraction or does not fit.
  package var integer: Int64? {
    guard exponent >= 0, exponent <= 19 else { return isZero ? 0 : nil }
    let (magnitude, overflow) = coefficient.multipliedReportingOverflow(by: Decimal.power(exponent))
    guard !overflow, let value = Int128(exactly: magnitude) else { return nil }
    return Int64(exactly: isNegative ? -value : value)
  }
}

extension Decimal: CustomStringConvertible {
  /// Canonical: plain digits without exponent, without zeros at the end of the fraction.
  package var description: String {
    let digits = String(coefficient)
    let sign = isNegative ? "-" : ""
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.utf8.count)) + digits
    let split = padded.utf8.index(padded.utf8.endIndex, offsetBy: exponent)
    return "\(sign)\(padded[..<split]).\(padded[split...])"
  }
}
