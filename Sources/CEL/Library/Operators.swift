/// The operators, as functions of two values. nil: they do not go together.
enum Operators {
  typealias Binary = @Sendable (Value, Value, inout Frame) throws(Failure) -> Value?

  static let fast: [String: Binary] = [
    "_==_": { left, right, frame throws(Failure) in .bool(try frame.areEqual(left, right)) },
    "_!=_": { left, right, frame throws(Failure) in .bool(!(try frame.areEqual(left, right))) },
    "_<_": { left, right, _ throws(Failure) in order(left, right).map { .bool($0 == .less) } },
    "_<=_": { left, right, _ throws(Failure) in order(left, right).map { .bool($0 == .less || $0 == .equal) } },
    "_>_": { left, right, _ throws(Failure) in order(left, right).map { .bool($0 == .greater) } },
    "_>=_": { left, right, _ throws(Failure) in order(left, right).map { .bool($0 == .greater || $0 == .equal) } },
    "@in": { left, right, frame throws(Failure) in try contains(right, left, &frame) },
    "_+_": add, "_-_": subtract, "_*_": multiply, "_/_": divide, "_%_": modulo,
  ]

  enum Order {
    case less
    case equal
    case greater
    /// NaN is neither.
    case none

    init(_ number: Int?) {
      self = number.map { $0 < 0 ? .less : $0 > 0 ? .greater : .equal } ?? .none
    }
  }

  /// nil for values that have no order among each other.
  static func order(_ left: Value, _ right: Value) -> Order? {
    switch (left, right) {
    case (.int(let left), .int(let right)): order(left, right)
    case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double), (.double, .int),
      (.double, .uint), (.double, .double):
      Order(left.numericOrder(right))
    case (.string(let left), .string(let right)):
      left.precedesInBytes(right) ? .less : left.hasSameBytes(as: right) ? .equal : .greater
    case (.timestamp(let left), .timestamp(let right)): order(left, right)
    case (.duration(let left), .duration(let right)): order(left, right)
    case (.decimal(let left), .decimal(let right)): order(left, right)
    case (.bytes(let left), .bytes(let right)):
      left == right ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
    case (.bool(let left), .bool(let right)): left == right ? .equal : right ? .less : .greater
    default: nil
    }
  }

  private static func order<Kind: Comparable>(_ left: Kind, _ right: Kind) -> Order {
    left < right ? .less : left == right ? .equal : .greater
  }

  private static func contains(_ container: Value, _ value: Value, _ frame: inout Frame) throws(Failure) -> Value? {
    switch container {
    case .list(let values):
      try frame.charge(values.count)
      for element in values where try frame.areEqual(element, value) { return true }
      return false
    case .map(let map): return .bool(map.celValue(at: value) != nil)
    default: return nil
    }
  }
}

extension Frame {
  /// CEL's `==`, charging for every element that is compared.
  mutating func areEqual(_ left: Value, _ right: Value) throws(Failure) -> Bool {
    switch (left, right) {
    case (.list(let left), .list(let right)):
      guard left.count == right.count else { return false }
      try charge(left.count)
      for index in left.indices where !(try areEqual(left[index], right[index])) { return false }
      return true
    case (.map(let left), .map(let right)):
      guard left.count == right.count else { return false }
      try charge(left.count)
      for entry in left.entries {
        guard let other = right.celValue(at: entry.key.value), try areEqual(entry.value, other) else { return false }
      }
      return true
    case (.optional(let left?), .optional(let right?)): return try areEqual(left, right)
    default: return left.celEquals(right)
    }
  }

  /// Charges for making or reading so many bytes.
  mutating func charge(bytes: Int) throws(Failure) {
    try charge(bytes / 8)
  }

  /// Charges for looking for one text in another, which may compare each place of one with all of the other.
  mutating func charge(search text: String, for part: String) throws(Failure) {
    let (product, overflow) = text.utf8.count.multipliedReportingOverflow(by: part.utf8.count)
    try charge(bytes: text.utf8.count + part.utf8.count)
    try charge(overflow ? .max : product / 512)
  }
}
