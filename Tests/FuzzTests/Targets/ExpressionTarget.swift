import CEL

enum ExpressionTarget {
  private static let environment = Environment(variables: [
    "s": .string, "i": .int, "u": .uint, "d": .double, "b": .bool, "y": .bytes, "t": .timestamp, "p": .duration,
    "q": .decimal, "l": .list(.int), "m": .map(.string, .int), "o": .optional(.string), "x": .dyn,
  ])

  private static let values: ValueMap = [
    "s": "straße", "i": -7, "u": .uint(7), "d": 2.5, "b": true, "y": .bytes([0, 255]), "t": .timestamp(.epoch),
    "p": .duration(.seconds(90)), "q": .decimal(Decimal("1.20") ?? .zero), "l": [3, 1, 2], "m": ["a": 1],
    "o": .optional("z"), "x": ["k": [1, "two", .null]],
  ]

  static func fault(_ bytes: [UInt8]) -> String? {
    let source = String(decoding: bytes, as: UTF8.self)
    let expression: Expression
    do {
      expression = try Expression(parsing: source)
    } catch {
      return fault(error, in: source)
    }
    let result = expression.check(in: environment)
    for error in result.errors { if let fault = fault(error, in: source) { return fault } }
    guard let program = try? expression.compile(in: environment) else {
      return result.errors.isEmpty && !hasPattern(source) ? "it checks and does not compile" : nil
    }
    guard let value = try? program.evaluate(Scope(values, costLimit: 20_000)) else { return nil }
    guard result.errors.isEmpty, !result.type.admits(value) else { return nil }
    return "it checks as \(result.type) and gives \(value)"
  }

  /// A pattern is looked at when a program is made.
  private static func hasPattern(_ source: String) -> Bool { source.contains("matches") }

  private static func fault(_ error: ExpressionError, in source: String) -> String? {
    if error.message.isEmpty { return "an error without words" }
    return error.range.upperBound <= source.utf8.count
      ? nil : "an error at \(error.range) of \(source.utf8.count) bytes"
  }
}

extension Type {
  /// Whether a value is what the checker said that it would be.
  fileprivate func admits(_ value: Value) -> Bool {
    switch (self, value) {
    case (.dyn, _), (.error, _), (.parameter, _), (.abstract, _): true
    case (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.decimal, .decimal),
      (.string, .string), (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.type, .type),
      (.record, .map):
      true
    case (.nullable(let type), _): value.isNull || type.admits(value)
    case (.list(let type), .list(let values)): values.allSatisfy(type.admits)
    case (.map(let key, let type), .map(let map)):
      map.entries.allSatisfy { key.admits($0.key.value) && type.admits($0.value) }
    case (.optional(let type), .optional(let value)): value.map(type.admits) ?? true
    default: false
    }
  }
}
