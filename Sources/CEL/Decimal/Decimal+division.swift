extension Decimal {
  /// How a quotient that has more digits is cut.
  package enum Rounding: String, Sendable, CaseIterable {
    /// To the nearest; from the middle to the even digit (bankers' rounding).
    case halfEven = "half-even"
    /// To the nearest; from the middle away from zero.
    case halfUp = "half-up"
    /// To the nearest; from the middle towards zero.
    case halfDown = "half-down"
    /// Away from zero.
    case up
    /// Towards zero.
    case down
    case ceiling
    case floor
  }

  /// The quotient with a fixed number of digits after the point.
  ///
  /// - Parameter digits: 0 to 34.
  /// - Returns: nil if the divisor is zero, the digits are out of range, or the quotient needs more than 34 digits.
  package func divided(by other: Decimal, digits: Int, rounding: Rounding) -> Decimal? {
    guard !other.isZero, (0...Decimal.maximumDigits).contains(digits) else { return nil }
    guard var quotient = longDivision(by: other, digits: digits + 1) else { return nil }
    let last = quotient.value % 10
    quotient.value /= 10
    let negative = isNegative != other.isNegative
    if rounding.isAway(quotient.value, last, quotient.isInexact, negative) { quotient.value += 1 }
    return Decimal(coefficient: quotient.value, exponent: -digits, isNegative: negative)
  }

  package func rounded(digits: Int, rounding: Rounding) -> Decimal? {
    divided(by: Decimal(1 as Int64), digits: digits, rounding: rounding)
  }

  /// The magnitude of the quotient times 10^digits, cut; and whether something was cut off.
  private func longDivision(by other: Decimal, digits: Int) -> (value: UInt128, isInexact: Bool)? {
    var (value, remainder) = coefficient.quotientAndRemainder(dividingBy: other.coefficient)
    var steps = exponent - other.exponent + digits
    while steps > 0 && (value > 0 || remainder > 0) {
      let (digit, rest) = (remainder * 10).quotientAndRemainder(dividingBy: other.coefficient)
      value = value * 10 + digit
      remainder = rest
      guard value < Decimal.coefficientBound * 10 else { return nil }
      steps -= 1
    }
    var isInexact = remainder != 0
    while steps < 0 && value > 0 {
      isInexact = isInexact || value % 10 != 0
      value /= 10
      steps += 1
    }
    return (value, isInexact)
  }
}

extension Decimal.Rounding {
  /// Whether the magnitude grows by one.
  fileprivate func isAway(_ value: UInt128, _ next: UInt128, _ isMore: Bool, _ isNegative: Bool) -> Bool {
    let isExact = next == 0 && !isMore
    let isPastHalf = next > 5 || (next == 5 && isMore)
    let isHalf = next == 5 && !isMore
    return switch self {
    case .halfEven: isPastHalf || (isHalf && value % 2 == 1)
    case .halfUp: isPastHalf || isHalf
    case .halfDown: isPastHalf
    case .up: !isExact
    case .down: false
    case .ceiling: !isExact && !isNegative
    case .floor: !isExact && isNegative
    }
  }
}
