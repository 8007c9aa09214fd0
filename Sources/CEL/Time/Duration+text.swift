extension Duration {
  /// What CEL's `duration` can hold: a whole number of nanoseconds in an Int64, about 292 years either way.
  package var celNanoseconds: Int64? {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return nil }
    let (total, overflowed) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflowed ? nil : total
  }

  /// CEL's canonical text of a duration: seconds, with as many digits of fraction as there are, and `s`: `5400s`, `-0.5s`.
  package var celText: String {
    let (seconds, attoseconds) = components
    let sign = seconds < 0 || attoseconds < 0 ? "-" : ""
    let nanoseconds = (attoseconds / 1_000_000_000).magnitude
    guard nanoseconds > 0 else { return "\(seconds == 0 ? "" : sign)\(seconds.magnitude)s" }
    var digits = Int(nanoseconds).padded(9)
    while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
    return "\(sign)\(seconds.magnitude).\(digits)s"
  }

  /// Go's spelling, which is CEL's: `1h30m`, `-1.5s`, `250ms`; units h, m, s, ms, us, ns. nil for anything else and for
  /// more than CEL's range.
  package init?(cel text: some StringProtocol) {
    var rest = Array(text.utf8)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    if rest.elementsEqual("0".utf8) {
      self = .zero
      return
    }
    var total: Int128 = 0
    while !rest.isEmpty {
      guard let part = Duration.part(&rest) else { return nil }
      total += part
      guard total <= Int128(Int64.max) + 1 else { return nil }
    }
    guard let nanoseconds = Int64(exactly: isNegative ? -total : total) else { return nil }
    self = .nanoseconds(nanoseconds)
  }

  /// Takes one number with its unit off the front, in nanoseconds.
  private static func part(_ text: inout ArraySlice<UInt8>) -> Int128? {
    let whole = text.prefix { $0 >= 0x30 && $0 <= 0x39 }
    text = text[whole.endIndex...]
    var fraction: ArraySlice<UInt8> = []
    if text.first == UInt8(ascii: ".") {
      fraction = text.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
      text = text[fraction.endIndex...]
    }
    let unit = text.prefix { $0 != UInt8(ascii: ".") && !($0 >= 0x30 && $0 <= 0x39) }
    text = text[unit.endIndex...]
    guard whole.count + fraction.count > 0, let scale = scale(of: String(decoding: unit, as: UTF8.self)),
      let number = whole.isEmpty ? 0 : whole.decimalNumber
    else { return nil }
    let digits = fraction.prefix(15)
    let numerator = digits.isEmpty ? 0 : digits.decimalNumber ?? 0
    let denominator = digits.reduce(Int128(1)) { result, _ in result * 10 }
    return Int128(number) * scale + Int128(numerator) * scale / denominator
  }

  private static func scale(of unit: String) -> Int128? {
    switch unit {
    case "h": 3_600_000_000_000
    case "m": 60_000_000_000
    case "s": 1_000_000_000
    case "ms": 1_000_000
    case "us", "µs", "μs": 1000
    case "ns": 1
    default: nil
    }
  }
}
