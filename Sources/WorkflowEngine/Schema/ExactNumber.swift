import CEL

/// A number as people read it: `coefficient * 10^exponent`, exact, so that 0.3 is three times 0.1 whether it was
/// written as a double or as a decimal.
///
/// A double stands for its shortest decimal text. The coefficient has no trailing zeros, so equal numbers have equal
/// parts.
struct ExactNumber: Hashable {
  let isNegative: Bool
  let coefficient: UInt128
  let exponent: Int

  init(isNegative: Bool, coefficient: UInt128, exponent: Int) {
    var (coefficient, exponent) = (coefficient, exponent)
    while coefficient != 0, coefficient % 10 == 0 {
      coefficient /= 10
      exponent += 1
    }
    self.isNegative = isNegative && coefficient != 0
    self.coefficient = coefficient
    self.exponent = coefficient == 0 ? 0 : exponent
  }

  /// Nil for what is not a finite number.
  init?(_ value: Value) {
    switch value {
    case .int(let int): self.init(isNegative: int < 0, coefficient: UInt128(int.magnitude), exponent: 0)
    case .uint(let uint): self.init(isNegative: false, coefficient: UInt128(uint), exponent: 0)
    case .double(let double): self.init(parsing: double.description)
    case .decimal(let decimal): self.init(parsing: decimal.description)
    default: return nil
    }
  }

  /// Reads `-12.50`, `1e+16`; nil for anything else and for more than 38 digits, zeros at the ends apart.
  init?(parsing text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: \.isDigit)
    rest = rest[whole.endIndex...]
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix(while: \.isDigit)
      rest = rest[fraction.endIndex...]
    }
    guard !whole.isEmpty || !fraction.isEmpty, let number = Self.coefficient(of: [whole, fraction]),
      let power = Self.power(rest)
    else { return nil }
    self.init(isNegative: isNegative, coefficient: number.coefficient, exponent: number.zeros - fraction.count + power)
  }

  /// The digits without the zeros at their end, which are counted; nil when they are too many.
  private static func coefficient(of digits: [Substring.UTF8View]) -> (coefficient: UInt128, zeros: Int)? {
    var coefficient: UInt128 = 0
    var zeros = 0
    for byte in digits.joined() {
      zeros += 1
      guard byte != UInt8(ascii: "0") else { continue }
      while zeros > 0 {
        let (tenfold, overflow) = coefficient.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        (coefficient, zeros) = (tenfold, coefficient == 0 ? 0 : zeros - 1)
      }
      let (sum, overflow) = coefficient.addingReportingOverflow(UInt128(byte - UInt8(ascii: "0")))
      if overflow { return nil }
      coefficient = sum
    }
    return (coefficient, zeros)
  }

  /// `e+16`, or nothing, which is 0.
  private static func power(_ bytes: Substring.UTF8View) -> Int? {
    guard let mark = bytes.first else { return 0 }
    guard mark | 0x20 == UInt8(ascii: "e"), let power = Int(Substring(bytes.dropFirst())) else { return nil }
    return (-100_000...100_000).contains(power) ? power : nil
  }

  /// Whether this is a whole number of times `step`, which is not zero.
  func isMultiple(of step: ExactNumber) -> Bool {
    if coefficient == 0 { return true }
    guard exponent >= step.exponent else { return false }
    var remainder = coefficient % step.coefficient
    for _ in 0..<(exponent - step.exponent) where remainder != 0 {
      let product = remainder.multipliedFullWidth(by: 10)
      remainder = step.coefficient.dividingFullWidth(product).remainder
    }
    return remainder == 0
  }
}

extension ExactNumber: Comparable {
  static func < (one: ExactNumber, other: ExactNumber) -> Bool {
    if one.isNegative != other.isNegative { return one.isNegative }
    return one.isNegative ? other.magnitudeIsLess(than: one) : one.magnitudeIsLess(than: other)
  }

  private func magnitudeIsLess(than other: ExactNumber) -> Bool {
    if coefficient == 0 || other.coefficient == 0 { return coefficient < other.coefficient }
    let (mine, theirs) = (coefficient.description, other.coefficient.description)
    let (height, otherHeight) = (mine.utf8.count + exponent, theirs.utf8.count + other.exponent)
    if height != otherHeight { return height < otherHeight }
    return mine.utf8.lexicographicallyPrecedes(theirs.utf8)
  }
}
