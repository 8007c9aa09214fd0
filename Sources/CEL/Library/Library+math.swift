extension Library {
  static let math: [Function] =
    [
      extreme("greatest") { $0 > 0 }, extreme("least") { $0 < 0 },
      rounding("ceil", .up), rounding("floor", .down), rounding("round", .toNearestOrAwayFromZero),
      rounding("trunc", .towardZero),
      Function("math.sqrt(double) -> double", "math.sqrt(int) -> double", "math.sqrt(uint) -> double") {
        arguments, _ throws(Failure) in
        switch arguments[0] {
        case .double(let number): .double(number.squareRoot())
        case .int(let number): .double(Double(number).squareRoot())
        case .uint(let number): .double(Double(number).squareRoot())
        default: nil
        }
      },
      Function("math.abs(int) -> int", "math.abs(uint) -> uint", "math.abs(double) -> double") {
        arguments, _ throws(Failure) in
        switch arguments[0] {
        case .int(let number):
          guard number != .min else { throw .overflow("'math.abs'") }
          return .int(abs(number))
        case .uint: return arguments[0]
        case .double(let number): return .double(number.magnitude)
        default: return nil
        }
      },
      Function("math.sign(int) -> int", "math.sign(uint) -> uint", "math.sign(double) -> double") {
        arguments, _ throws(Failure) in
        switch arguments[0] {
        case .int(let number): .int(number.signum())
        case .uint(let number): .uint(number == 0 ? 0 : 1)
        case .double(let number): .double(number.isNaN || number == 0 ? number : number < 0 ? -1 : 1)
        default: nil
        }
      },
      test("isNaN") { $0.isNaN }, test("isInf") { $0.isInfinite }, test("isFinite") { $0.isFinite },
    ] + bits

  private static func rounding(_ name: String, _ rule: FloatingPointRoundingRule) -> Function {
    Function("math.\(name)(double) -> double") { arguments, _ throws(Failure) in
      guard case .double(let number) = arguments[0] else { return nil }
      return .double(number.rounded(rule))
    }
  }

  private static func test(_ name: String, _ holds: @escaping @Sendable (Double) -> Bool) -> Function {
    Function("math.\(name)(double) -> bool") { arguments, _ throws(Failure) in
      guard case .double(let number) = arguments[0] else { return nil }
      return .bool(holds(number))
    }
  }

  /// `math.greatest(a, b, ...)` and `math.greatest([a, b])`: of equal ones, the first.
  private static func extreme(_ name: String, _ isBetter: @escaping @Sendable (Int) -> Bool) -> Function {
    Function("math.\(name)(dyn) -> dyn", isVariadic: true) { arguments, frame throws(Failure) in
      var numbers = arguments
      if arguments.count == 1, case .list(let values) = arguments[0] { numbers = values }
      try frame.charge(numbers.count)
      guard var best = numbers.first else { throw Failure(.argument, "'math.\(name)' wants at least one number") }
      for number in numbers {
        guard number.isNumber else { return nil }
        if let order = number.numericOrder(best), isBetter(order) { best = number }
      }
      return best
    }
  }

  private static let bits: [Function] = [
    bitwise("bitAnd") { $0 & $1 }, bitwise("bitOr") { $0 | $1 }, bitwise("bitXor") { $0 ^ $1 },
    Function("math.bitNot(int) -> int", "math.bitNot(uint) -> uint") { arguments, _ throws(Failure) in
      switch arguments[0] {
      case .int(let number): .int(~number)
      case .uint(let number): .uint(~number)
      default: nil
      }
    },
    shift("bitShiftLeft") { $0 << $1 }, shift("bitShiftRight") { $0 >> $1 },
  ]

  private static func bitwise(_ name: String, _ combine: @escaping @Sendable (UInt64, UInt64) -> UInt64) -> Function {
    Function("math.\(name)(int, int) -> int", "math.\(name)(uint, uint) -> uint") { arguments, _ throws(Failure) in
      switch (arguments[0], arguments[1]) {
      case (.int(let left), .int(let right)):
        .int(Int64(bitPattern: combine(UInt64(bitPattern: left), UInt64(bitPattern: right))))
      case (.uint(let left), .uint(let right)): .uint(combine(left, right))
      default: nil
      }
    }
  }

  /// Shifts bits, not numbers: zeros come in on both sides.
  private static func shift(_ name: String, _ shift: @escaping @Sendable (UInt64, Int64) -> UInt64) -> Function {
    Function("math.\(name)(int, int) -> int", "math.\(name)(uint, int) -> uint") { arguments, _ throws(Failure) in
      guard case .int(let count) = arguments[1] else { return nil }
      switch arguments[0] {
      case .int, .uint:
        guard count >= 0 else { throw Failure(.argument, "'math.\(name)' shifts by 0 bits or more, not \(count)") }
      default: return nil
      }
      switch arguments[0] {
      case .int(let number): return .int(Int64(bitPattern: shift(UInt64(bitPattern: number), count)))
      case .uint(let number): return .uint(shift(number, count))
      default: return nil
      }
    }
  }
}

extension Value {
  fileprivate var isNumber: Bool {
    switch self {
    case .int, .uint, .double: true
    default: false
    }
  }
}
