/// The decimal digits of a double, for writing it.
struct DecimalExpansion {
  /// ASCII digits, without zeros in front.
  private(set) var digits: [UInt8]
  /// Where the point is: 0.d1d2d3... times 10^point.
  private(set) var point: Int

  /// The fewest digits that read back as the same double. The number is finite and positive.
  init(shortest number: Double) {
    let text = number.description
    let mark = text.utf8.firstIndex { $0 == UInt8(ascii: "e") } ?? text.endIndex
    let exponent = mark < text.endIndex ? Int(text[text.utf8.index(after: mark)...]) ?? 0 : 0
    let mantissa = text[..<mark]
    let whole = mantissa.utf8.prefix { $0 != UInt8(ascii: ".") }.count
    digits = mantissa.utf8.filter { $0 != UInt8(ascii: ".") }
    point = whole + exponent
    trim()
  }

  /// All digits, exactly. The number is finite and not negative.
  init(exact number: Double) {
    var limbs = [UInt32]()
    var significand = number.significandBitPattern | (number.isNormal ? 1 << 52 : 0)
    var exponent = Int(max(number.exponentBitPattern, 1)) - 1075
    while exponent < 0, significand & 1 == 0, significand > 0 {
      significand >>= 1
      exponent += 1
    }
    while significand > 0 {
      limbs.append(UInt32(significand % DecimalExpansion.base))
      significand /= DecimalExpansion.base
    }
    // m * 2^-k = m * 5^k / 10^k
    let factor: UInt64 = exponent < 0 ? 5 : 2
    for _ in 0..<abs(exponent) { DecimalExpansion.multiply(&limbs, by: factor) }
    digits = []
    for (index, limb) in limbs.reversed().enumerated() {
      let text = String(limb)
      if index > 0 { digits += [UInt8](repeating: 0x30, count: 9 - text.utf8.count) }
      digits += Array(text.utf8)
    }
    point = digits.count + min(0, exponent)
    trim()
  }

  private static let base: UInt64 = 1_000_000_000

  private static func multiply(_ limbs: inout [UInt32], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * factor + carry
      limbs[index] = UInt32(product % base)
      carry = product / base
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  private mutating func trim() {
    let zeros = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == 0x30 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// Keeps so many digits, rounding to the nearest, from the middle to the even one.
  private mutating func round(to count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      point = 0
      return
    }
    let rest = digits[count...]
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    let isUp = rest[count] > 0x35 || (rest[count] == 0x35 && (rest.count > 1 || isOdd))
    digits.removeLast(digits.count - count)
    if isUp { increment() }
    trim()
  }

  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 0x39 {
      digits[index] = 0x30
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(0x31, at: 0)
      point += 1
    }
  }

  /// `123.450`; nil digits means as many as there are.
  func plain(fractionDigits: Int?) -> String {
    var copy = self
    if let fractionDigits { copy.round(to: point + fractionDigits) }
    let (digits, point) = (copy.digits, copy.point)
    var whole = Array(digits.prefix(max(0, point)))
    whole += [UInt8](repeating: 0x30, count: max(0, max(1, point) - whole.count))
    var fraction =
      digits.isEmpty ? [] : [UInt8](repeating: 0x30, count: max(0, -point)) + digits.dropFirst(max(0, point))
    if let fractionDigits { fraction += [UInt8](repeating: 0x30, count: max(0, fractionDigits - fraction.count)) }
    let text = whole + (fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction)
    return String(decoding: text, as: UTF8.self)
  }

  /// `1.234e+05`; nil digits means as many as there are.
  func scientific(fractionDigits: Int?) -> String {
    var copy = self
    if let fractionDigits { copy.round(to: 1 + fractionDigits) }
    let exponent = copy.digits.isEmpty ? 0 : copy.point - 1
    var fraction = Array(copy.digits.dropFirst())
    if let fractionDigits { fraction += [UInt8](repeating: 0x30, count: max(0, fractionDigits - fraction.count)) }
    let text = [copy.digits.first ?? 0x30] + (fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction)
    return "\(String(decoding: text, as: UTF8.self))e\(exponent < 0 ? "-" : "+")\(Int(exponent.magnitude).padded(2))"
  }
}
