extension Value {
  /// CEL's `==`: numbers of different types are equal if they are the same number; NaN equals nothing; lists and maps
  /// by their content. Everything else of different kinds is unequal.
  package func celEquals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.celEquals($1) }
    case (.map(let left), .map(let right)):
      left.count == right.count
        && left.entries.allSatisfy { entry in right.celValue(at: entry.key.value)?.celEquals(entry.value) ?? false }
    case (.optional(let left), .optional(let right)):
      switch (left, right) {
      case (nil, nil): true
      case (let left?, let right?): left.celEquals(right)
      default: false
      }
    case (.type(let left), .type(let right)): left.outermost == right.outermost
    case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .double), (.double, .int), (.double, .uint):
      numericOrder(other) == 0
    default: self == other
    }
  }

  /// -1, 0 or 1 between numbers of any type (decimals apart); nil if one is NaN or no number. Beside a double, a whole
  /// number counts as the double nearest to it, as CEL has it.
  func numericOrder(_ other: Value) -> Int? {
    switch (self, other) {
    case (.int(let left), .int(let right)): order(left, right)
    case (.uint(let left), .uint(let right)): order(left, right)
    case (.double(let left), .double(let right)): order(left, right)
    case (.int(let left), .uint(let right)): order(Int128(left), Int128(right))
    case (.uint(let left), .int(let right)): order(Int128(left), Int128(right))
    case (.double(let left), .int(let right)): order(left, Double(right))
    case (.double(let left), .uint(let right)): order(left, Double(right))
    case (.int(let left), .double(let right)): order(Double(left), right)
    case (.uint(let left), .double(let right)): order(Double(left), right)
    default: nil
    }
  }

  private func order<Number: FixedWidthInteger>(_ left: Number, _ right: Number) -> Int {
    left < right ? -1 : left > right ? 1 : 0
  }

  private func order(_ left: Double, _ right: Double) -> Int? {
    left.isNaN || right.isNaN ? nil : left < right ? -1 : left > right ? 1 : 0
  }
}

extension ValueMap {
  /// The value at a key as CEL finds it: `1`, `1u` and `1.0` are the same key.
  func celValue(at key: Value) -> Value? {
    switch key {
    case .string(let text): return self[text]
    case .bool(let flag): return self[.bool(flag)]
    case .int(let number): return self.number(signed: number, unsigned: UInt64(exactly: number))
    case .uint(let number): return self.number(signed: Int64(exactly: number), unsigned: number)
    case .double(let number):
      return self.number(signed: Int64(exactly: number), unsigned: UInt64(exactly: number))
    default: return nil
    }
  }

  private func number(signed: Int64?, unsigned: UInt64?) -> Value? {
    if let signed, let value = self[.int(signed)] { return value }
    if let unsigned, let value = self[.uint(unsigned)] { return value }
    return nil
  }
}

extension Type {
  /// The type without its parameters: what `type(x)` tells apart.
  var outermost: Type {
    switch self {
    case .list: .list(.dyn)
    case .map, .record: .map(.dyn, .dyn)
    case .optional: .optional(.dyn)
    case .type: .type(.dyn)
    default: self
    }
  }
}
