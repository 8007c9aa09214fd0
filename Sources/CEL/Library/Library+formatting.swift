extension Library {
  static let formatting: [Function] = [
    Function("(string).format(list(dyn)) -> string") { arguments, frame throws(Failure) in
      guard case .string(let pattern) = arguments[0], case .list(let values) = arguments[1] else { return nil }
      var formatter = Formatter(values: values)
      return .string(try formatter.format(pattern, &frame))
    }
  ]
}

/// `'%s: %.2f'.format([x, y])`.
private struct Formatter {
  let values: [Value]
  private var used = 0

  init(values: [Value]) { self.values = values }

  mutating func format(_ pattern: String, _ frame: inout Frame) throws(Failure) -> String {
    var result = ""
    var rest = pattern.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      let precision = try precision(&rest)
      guard let clause = rest.popFirst() else { throw Failure(.argument, "the format ends after '%'") }
      if clause == "%" {
        result += "%"
        continue
      }
      guard used < values.count else {
        throw Failure(.argument, "the format asks for more than the \(values.count) values that are given")
      }
      let text = try self.text(clause, precision, values[used], &frame)
      used += 1
      try frame.charge(1 + text.utf8.count / 8)
      result += text
    }
    try frame.charge(bytes: pattern.utf8.count)
    return result
  }

  /// `.3`; at most 1000.
  private func precision(_ rest: inout Substring.UnicodeScalarView) throws(Failure) -> Int? {
    guard rest.first == "." else { return nil }
    rest.removeFirst()
    var digits = ""
    while let digit = rest.first, digit >= "0", digit <= "9" {
      digits.unicodeScalars.append(rest.removeFirst())
    }
    guard let number = Int(digits), number <= 1000 else {
      throw Failure(.argument, "the digits after '%.' are a number up to 1000")
    }
    return number
  }

  private func text(
    _ clause: Unicode.Scalar, _ precision: Int?, _ value: Value, _ frame: inout Frame
  ) throws(Failure) -> String {
    switch clause {
    case "s": return try value.formatted(&frame)
    case "d": return try shown(value.decimalText, "%d", "numbers", value)
    case "f": return try fixed(value, precision ?? 6)
    case "e": return try scientific(value, precision ?? 6)
    case "b": return try shown(whole(value, radix: 2), "%b", "ints, uints and bools", value)
    case "o":
      if case .bool = value { return try shown(nil, "%o", "ints and uints", value) }
      return try shown(whole(value, radix: 8), "%o", "ints and uints", value)
    case "x": return try hexadecimal(value)
    case "X": return try hexadecimal(value).uppercased()
    default: throw Failure(.argument, "a format has no '%\(clause)'")
    }
  }

  private func shown(
    _ text: String?, _ clause: String, _ what: String, _ value: Value
  ) throws(Failure) -> String {
    guard let text else { throw Failure(.argument, "'\(clause)' shows \(what), not \(value.kind)") }
    return text
  }

  private func whole(_ value: Value, radix: Int) -> String? {
    switch value {
    case .int(let number): String(number, radix: radix)
    case .uint(let number): String(number, radix: radix)
    case .bool(let flag): flag ? "1" : "0"
    default: nil
    }
  }

  private func hexadecimal(_ value: Value) throws(Failure) -> String {
    switch value {
    case .string(let text): return hexadecimal(Array(text.utf8))
    case .bytes(let bytes): return hexadecimal(bytes)
    case .int, .uint: return whole(value, radix: 16) ?? ""
    default: return try shown(nil, "%x", "ints, uints, strings and bytes", value)
    }
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func fixed(_ value: Value, _ precision: Int) throws(Failure) -> String {
    if case .decimal(let number) = value {
      guard let text = number.text(fractionDigits: precision) else {
        throw Failure(.overflow, "a decimal has at most \(Decimal.maximumDigits) digits")
      }
      return text
    }
    guard let number = value.approximation else { return try shown(nil, "%f", "numbers", value) }
    guard number.isFinite else { return number.celText }
    let text = DecimalExpansion(exact: number.magnitude).plain(fractionDigits: precision)
    return (number.sign == .minus ? "-" : "") + text
  }

  private func scientific(_ value: Value, _ precision: Int) throws(Failure) -> String {
    guard let number = value.approximation else { return try shown(nil, "%e", "numbers", value) }
    guard number.isFinite else { return number.celText }
    let text = DecimalExpansion(exact: number.magnitude).scientific(fractionDigits: precision)
    return (number.sign == .minus ? "-" : "") + text
  }
}

extension Value {
  fileprivate var approximation: Double? {
    switch self {
    case .double(let number): number
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    default: nil
    }
  }

  /// For `%d`.
  fileprivate var decimalText: String? {
    switch self {
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .double(let number) where !number.isFinite: number.celText
    case .decimal(let number): number.description
    default: nil
    }
  }

  /// For `%s`: lists as `[a, b]`, maps as `{k: v}` in the order of the keys' texts.
  fileprivate func formatted(_ frame: inout Frame) throws(Failure) -> String {
    switch self {
    case .null: return "null"
    case .type(let type): return type.simpleName
    case .list(let values):
      var texts: [String] = []
      for value in values {
        try frame.charge(1)
        texts.append(try value.formatted(&frame))
      }
      return "[\(texts.joined(separator: ", "))]"
    case .map(let map):
      var texts: [String] = []
      for entry in map.entries.sorted(by: { $0.key.text.precedesInBytes($1.key.text) }) {
        try frame.charge(1)
        texts.append("\(entry.key.text): \(try entry.value.formatted(&frame))")
      }
      return "{\(texts.joined(separator: ", "))}"
    case .optional: throw Failure(.argument, "'%s' does not show an optional: take its value with orValue()")
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .string(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .double(let number): return number.celText
    case .timestamp(let timestamp): return timestamp.description
    case .duration(let duration): return duration.celText
    case .int, .uint, .decimal: return decimalText ?? ""
    }
  }
}
