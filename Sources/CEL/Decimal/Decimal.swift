/// An exact decimal number: at most 34 significant digits, exponents -100...100. Money and quantities.
///
/// It keeps the value and not the scale: `12.50` and `12.5` are one number with one text, `12.5`, so that equal numbers
/// have equal canonical bytes. `'%.2f'.format([x])`, or ``text(fractionDigits:)``, shows a fixed number of digits.
package struct Decimal: Sendable, Hashable {
  /// Below 10^34, and not a multiple of ten (zero apart): each number has one representation.
  let coefficient: UInt128
  let exponent: Int
  let isNegative: Bool

  static let maximumDigits = 34
  static let coefficientBound: UInt128 = power(34)
  static let exponents = -100...100

  package static let zero = Decimal(0 as Int64)

  package init(_ value: Int64) {
    var magnitude = UInt128(value.magnitude)
    var exponent = 0
    Decimal.strip(&magnitude, &exponent)
    self.init(unchecked: magnitude, exponent, value < 0)
  }

  package init(_ value: UInt64) {
    var magnitude = UInt128(value)
    var exponent = 0
    Decimal.strip(&magnitude, &exponent)
    self.init(unchecked: magnitude, exponent, false)
  }

  /// nil if it needs more than 34 digits or an exponent out of range.
  init?(coefficient: UInt128, exponent: Int, isNegative: Bool) {
    var coefficient = coefficient
    var exponent = exponent
    Decimal.strip(&coefficient, &exponent)
    guard coefficient < Decimal.coefficientBound, Decimal.exponents.contains(exponent) else { return nil }
    self.init(unchecked: coefficient, exponent, isNegative)
  }

  private init(unchecked coefficient: UInt128, _ exponent: Int, _ isNegative: Bool) {
    self.coefficient = coefficient
    self.exponent = coefficient == 0 ? 0 : exponent
    self.isNegative = isNegative && coefficient != 0
  }

  package var isZero: Bool { coefficient == 0 }

  package static prefix func - (value: Decimal) -> Decimal {
    Decimal(unchecked: value.coefficient, value.exponent, !value.isNegative)
  }

  /// 10^n for n in 0...38.
  static func power(_ exponent: Int) -> UInt128 {
    var result: UInt128 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  private static func strip(_ coefficient: inout UInt128, _ exponent: inout Int) {
    guard coefficient != 0 else { return exponent = 0 }
    while coefficient % 10 == 0 {
      coefficient /= 10
      exponent += 1
    }
  }
}
