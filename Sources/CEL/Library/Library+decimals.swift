extension Library {
  static let decimals: [Function] = [
    Function(
      "decimal(string) -> decimal", "decimal(int) -> decimal", "decimal(uint) -> decimal",
      "decimal(decimal) -> decimal"
    ) { arguments, _ throws(Failure) in
      switch arguments[0] {
      case .decimal: return arguments[0]
      case .int(let number): return .decimal(Decimal(number))
      case .uint(let number): return .decimal(Decimal(number))
      case .string(let text):
        guard let number = Decimal(text) else {
          throw Failure(.argument, "'\(text.shortened)' is not a decimal number of at most 34 digits, such as 12.50")
        }
        return .decimal(number)
      default: return nil
      }
    },
    Function("div(decimal, decimal, int, string) -> decimal") { arguments, _ throws(Failure) in
      guard case .decimal(let left) = arguments[0], case .decimal(let right) = arguments[1],
        case .int(let digits) = arguments[2], case .string(let mode) = arguments[3]
      else { return nil }
      guard let rounding = Decimal.Rounding(rawValue: mode) else {
        let modes = Decimal.Rounding.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw Failure(.argument, "'div' rounds by one of \(modes), not '\(mode.shortened)'")
      }
      guard (0...34).contains(digits) else {
        throw Failure(.argument, "'div' keeps 0 to 34 digits after the point, not \(digits)")
      }
      guard !right.isZero else { throw Operators.zero }
      return .decimal(
        try Operators.checked(left.divided(by: right, digits: Int(digits), rounding: rounding), "div"))
    },
  ]

  static let encoders: [Function] = [
    Function("base64.encode(bytes) -> string") { arguments, frame throws(Failure) in
      guard case .bytes(let bytes) = arguments[0] else { return nil }
      try frame.charge(bytes: bytes.count * 2)
      return .string(Base64.encode(bytes))
    },
    Function("base64.decode(string) -> bytes") { arguments, frame throws(Failure) in
      guard case .string(let text) = arguments[0] else { return nil }
      try frame.charge(bytes: text.utf8.count)
      guard let bytes = Base64.decode(text) else {
        throw Failure(.argument, "'\(text.shortened)' is not base64")
      }
      return .bytes(bytes)
    },
  ]
}
