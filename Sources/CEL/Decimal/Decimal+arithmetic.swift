extension Decimal {
  /// Exact; nil if the sum needs more than 34 digits.
  package func adding(_ other: Decimal) -> Decimal? {
    if isZero { return other }
    if other.isZero { return self }
    let low = min(exponent, other.exponent)
    guard let left = scaled(to: low), let right = other.scaled(to: low) else { return nil }
    if isNegative == other.isNegative {
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? nil : Decimal(coefficient: sum, exponent: low, isNegative: isNegative)
    }
    let isLeftLarger = left >= right
    let difference = isLeftLarger ? left - right : right - left
    return Decimal(
      coefficient: difference, exponent: low, isNegative: isLeftLarger ? isNegative : other.isNegative)
  }

  /// Exact; nil if the difference needs more than 34 digits.
  package func subtracting(_ other: Decimal) -> Decimal? {
    adding(-other)
  }

  /// Exact; nil if the product needs more than 34 digits.
  package func multiplied(by other: Decimal) -> Decimal? {
    var (high, low) = coefficient.multipliedFullWidth(by: other.coefficient)
    var power = exponent + other.exponent
    while high > 0 {
      let (quotient, remainder) = high.quotientAndRemainder(dividingBy: 10)
      let (lowQuotient, lowRemainder) = UInt128(10).dividingFullWidth((remainder, low))
      guard lowRemainder == 0 else { return nil }
      (high, low) = (quotient, lowQuotient)
      power += 1
    }
    return Decimal(coefficient: low, exponent: power, isNegative: isNegative != other.isNegative)
  }

  /// The coefficient for a smaller exponent; nil if it does not fit.
  private func scaled(to power: Int) -> UInt128? {
    let steps = exponent - power
    guard steps <= 38 else { return nil }
    let (result, overflow) = coefficient.multipliedReportingOverflow(by: Decimal.power(steps))
    return overflow ? nil : result
  }
}

extension Decimal: Comparable {
  package static func < (left: Decimal, right: Decimal) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    return left.isNegative ? right.isSmallerInMagnitude(than: left) : left.isSmallerInMagnitude(than: right)
  }

  private func isSmallerInMagnitude(than other: Decimal) -> Bool {
    if isZero || other.isZero { return isZero && !other.isZero }
    let lengths = (digitCount + exponent, other.digitCount + other.exponent)
    guard lengths.0 == lengths.1 else { return lengths.0 < lengths.1 }
    // Same number of digits before the point: both fill 34 digits from the left.
    return coefficient * Decimal.power(34 - digitCount) < other.coefficient * Decimal.power(34 - other.digitCount)
  }

  var digitCount: Int {
    var count = 0
    var rest = coefficient
    while rest > 0 {
      rest /= 10
      count += 1
    }
    return count
  }
}
