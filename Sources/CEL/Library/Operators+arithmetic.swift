extension Operators {
  @Sendable static func add(_ left: Value, _ right: Value, _ frame: inout Frame) throws(Failure) -> Value? {
    switch (left, right) {
    case (.int(let left), .int(let right)): return try .int(checked(left.addingReportingOverflow(right), "+"))
    case (.uint(let left), .uint(let right)): return try .uint(checked(left.addingReportingOverflow(right), "+"))
    case (.double(let left), .double(let right)): return .double(left + right)
    case (.decimal(let left), .decimal(let right)): return try .decimal(checked(left.adding(right), "+"))
    case (.string(let left), .string(let right)):
      try frame.charge(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.bytes(let left), .bytes(let right)):
      try frame.charge(bytes: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      try frame.charge(left.count + right.count)
      return .list(left + right)
    default: return try addTimes(left, right)
    }
  }

  private static func addTimes(_ left: Value, _ right: Value) throws(Failure) -> Value? {
    switch (left, right) {
    case (.timestamp(let left), .duration(let right)), (.duration(let right), .timestamp(let left)):
      return .timestamp(try inRange(left + right))
    case (.duration(let left), .duration(let right)): return .duration(try inRange(left + right))
    default: return nil
    }
  }

  @Sendable static func subtract(_ left: Value, _ right: Value, _: inout Frame) throws(Failure) -> Value? {
    switch (left, right) {
    case (.int(let left), .int(let right)): return try .int(checked(left.subtractingReportingOverflow(right), "-"))
    case (.uint(let left), .uint(let right)): return try .uint(checked(left.subtractingReportingOverflow(right), "-"))
    case (.double(let left), .double(let right)): return .double(left - right)
    case (.decimal(let left), .decimal(let right)): return try .decimal(checked(left.subtracting(right), "-"))
    case (.timestamp(let left), .timestamp(let right)): return .duration(try inRange(left - right))
    case (.timestamp(let left), .duration(let right)): return .timestamp(try inRange(left - right))
    case (.duration(let left), .duration(let right)): return .duration(try inRange(left - right))
    default: return nil
    }
  }

  @Sendable static func multiply(_ left: Value, _ right: Value, _: inout Frame) throws(Failure) -> Value? {
    switch (left, right) {
    case (.int(let left), .int(let right)): return try .int(checked(left.multipliedReportingOverflow(by: right), "*"))
    case (.uint(let left), .uint(let right)):
      return try .uint(checked(left.multipliedReportingOverflow(by: right), "*"))
    case (.double(let left), .double(let right)): return .double(left * right)
    case (.decimal(let left), .decimal(let right)): return try .decimal(checked(left.multiplied(by: right), "*"))
    default: return nil
    }
  }

  @Sendable static func divide(_ left: Value, _ right: Value, _: inout Frame) throws(Failure) -> Value? {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      guard right != 0 else { throw zero }
      return try .int(checked(left.dividedReportingOverflow(by: right), "/"))
    case (.uint(let left), .uint(let right)):
      guard right != 0 else { throw zero }
      return .uint(left / right)
    case (.double(let left), .double(let right)): return .double(left / right)
    case (.decimal, .decimal):
      throw Failure(.type, "decimals are divided by div(x, y, digits, mode), which says how to round")
    default: return nil
    }
  }

  @Sendable static func modulo(_ left: Value, _ right: Value, _: inout Frame) throws(Failure) -> Value? {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      guard right != 0 else { throw zero }
      return try .int(checked(left.remainderReportingOverflow(dividingBy: right), "%"))
    case (.uint(let left), .uint(let right)):
      guard right != 0 else { throw zero }
      return .uint(left % right)
    default: return nil
    }
  }

  static let zero = Failure(.divideByZero, "this divides by zero")

  static func checked<Number>(
    _ result: (partialValue: Number, overflow: Bool), _ symbol: String
  ) throws(Failure) -> Number {
    if result.overflow { throw .overflow("'\(symbol)'") }
    return result.partialValue
  }

  static func checked(_ result: Decimal?, _ symbol: String) throws(Failure) -> Decimal {
    guard let result else {
      throw Failure(.overflow, "the result of '\(symbol)' has more than \(Decimal.maximumDigits) digits")
    }
    return result
  }

  static func inRange(_ timestamp: Timestamp?) throws(Failure) -> Timestamp {
    guard let timestamp else { throw Failure(.overflow, "the timestamp is not between the years 0001 and 9999") }
    return timestamp
  }

  static func inRange(_ duration: Duration) throws(Failure) -> Duration {
    guard duration.celNanoseconds != nil else { throw Failure(.overflow, "the duration is longer than 292 years") }
    return duration
  }
}
