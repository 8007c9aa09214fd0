extension Library {
  static let conversions: [Function] = [
    Function("type(A) -> type(A)") { arguments, _ throws(Failure) in .type(arguments[0].dynamicType) },
    Function("dyn(A) -> dyn") { arguments, _ throws(Failure) in arguments[0] },
    Function("bool(bool) -> bool", "bool(string) -> bool") { arguments, _ throws(Failure) in
      try Conversion.bool(arguments[0])
    },
    Function(from("int", ["int", "uint", "double", "string", "timestamp", "duration", "decimal"])) {
      arguments, _ throws(Failure) in
      try Conversion.int(arguments[0])
    },
    Function(from("uint", ["uint", "int", "double", "string"])) { arguments, _ throws(Failure) in
      try Conversion.uint(arguments[0])
    },
    Function(from("double", ["double", "int", "uint", "string", "decimal"])) { arguments, _ throws(Failure) in
      try Conversion.double(arguments[0])
    },
    Function(
      from("string", ["string", "int", "uint", "double", "bool", "bytes", "timestamp", "duration", "decimal"])
    ) { arguments, frame throws(Failure) in
      try Conversion.string(arguments[0], &frame)
    },
    Function("bytes(bytes) -> bytes", "bytes(string) -> bytes") { arguments, frame throws(Failure) in
      switch arguments[0] {
      case .bytes: return arguments[0]
      case .string(let text):
        try frame.charge(bytes: text.utf8.count)
        return .bytes(Array(text.utf8))
      default: return nil
      }
    },
  ]

  private static func from(_ name: String, _ types: [String]) -> [String] {
    types.map { "\(name)(\($0)) -> \(name)" }
  }
}

/// `int(x)` and its like.
private enum Conversion {
  static func bool(_ value: Value) throws(Failure) -> Value? {
    switch value {
    case .bool: return value
    case .string(let text):
      if ["true", "True", "TRUE", "t", "1"].contains(text) { return true }
      if ["false", "False", "FALSE", "f", "0"].contains(text) { return false }
      throw unreadable(text, "bool")
    default: return nil
    }
  }

  static func int(_ value: Value) throws(Failure) -> Value? {
    switch value {
    case .int: return value
    case .uint(let number): return .int(try fitting(Int64(exactly: number), "int"))
    case .double(let number):
      guard number > -0x1p63, number < 0x1p63 else { throw range("int") }
      return .int(Int64(number))
    case .string(let text):
      guard let number = Int64(text) else { throw unreadable(text, "int") }
      return .int(number)
    case .timestamp(let timestamp): return .int(timestamp.seconds)
    case .duration(let duration): return .int(duration.components.seconds)
    case .decimal(let decimal): return .int(try fitting(decimal.rounded(digits: 0, rounding: .down)?.integer, "int"))
    default: return nil
    }
  }

  static func uint(_ value: Value) throws(Failure) -> Value? {
    switch value {
    case .uint: return value
    case .int(let number): return .uint(try fitting(UInt64(exactly: number), "uint"))
    case .double(let number):
      guard number > -1, number < 0x1p64 else { throw range("uint") }
      return .uint(UInt64(max(0, number)))
    case .string(let text):
      guard let number = UInt64(text) else { throw unreadable(text, "uint") }
      return .uint(number)
    default: return nil
    }
  }

  static func double(_ value: Value) throws(Failure) -> Value? {
    switch value {
    case .double: return value
    case .int(let number): return .double(Double(number))
    case .uint(let number): return .double(Double(number))
    case .decimal(let number): return .double(number.double)
    case .string(let text):
      switch text {
      case "NaN": return .double(.nan)
      case "Infinity", "+Infinity", "Inf", "+Inf", "inf": return .double(.infinity)
      case "-Infinity", "-Inf", "-inf": return .double(-.infinity)
      default:
        guard let number = Double(text), number.isFinite else { throw unreadable(text, "double") }
        return .double(number)
      }
    default: return nil
    }
  }

  static func string(_ value: Value, _ frame: inout Frame) throws(Failure) -> Value? {
    switch value {
    case .string: return value
    case .int(let number): return .string(String(number))
    case .uint(let number): return .string(String(number))
    case .double(let number): return .string(number.celText)
    case .bool(let flag): return .string(flag ? "true" : "false")
    case .timestamp(let timestamp): return .string(timestamp.description)
    case .duration(let duration): return .string(duration.celText)
    case .decimal(let number): return .string(number.description)
    case .bytes(let bytes):
      try frame.charge(bytes: bytes.count)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Failure(.argument, "the bytes are not UTF-8")
      }
      return .string(text)
    default: return nil
    }
  }

  private static func fitting<Number>(_ number: Number?, _ type: String) throws(Failure) -> Number {
    guard let number else { throw range(type) }
    return number
  }

  private static func range(_ type: String) -> Failure {
    Failure(.overflow, "the number does not fit \(type == "int" ? "an int" : "a \(type)")")
  }

  private static func unreadable(_ text: String, _ type: String) -> Failure {
    Failure(.argument, "'\(text.shortened)' is not a \(type)")
  }
}

extension String {
  /// At most forty characters, for a sentence.
  var shortened: String {
    unicodeScalars.count <= 40 ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(40))) + "…"
  }
}

extension Double {
  /// As CEL shows a double: whole numbers without a point, exponents below 1e-4 and from 1e21.
  var celText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    if self == 0 { return sign == .minus ? "-0" : "0" }
    let expansion = DecimalExpansion(shortest: magnitude)
    let text =
      expansion.point > 21 || expansion.point < -3
      ? expansion.scientific(fractionDigits: nil) : expansion.plain(fractionDigits: nil)
    return (self < 0 ? "-" : "") + text
  }
}
