extension Library {
  static let operators: [Function] =
    arithmetic + comparisons + [
      Function("!_(bool) -> bool") { arguments, _ throws(Failure) in
        guard case .bool(let value) = arguments[0] else { return nil }
        return .bool(!value)
      },
      Function("-_(int) -> int", "-_(double) -> double", "-_(decimal) -> decimal", "-_(duration) -> duration") {
        arguments, _ throws(Failure) in
        switch arguments[0] {
        case .int(let value):
          guard value != .min else { throw .overflow("'-'") }
          return .int(-value)
        case .double(let value): return .double(-value)
        case .decimal(let value): return .decimal(-value)
        case .duration(let value): return .duration(try Operators.inRange(.zero - value))
        default: return nil
        }
      },
      binary("@in(A, list(A)) -> bool", "@in(A, map(A, B)) -> bool"),
    ]

  private static let arithmetic: [Function] = [
    binary(
      same("_+_", ["int", "uint", "double", "decimal", "string", "bytes", "list(A)", "duration"])
        + ["_+_(timestamp, duration) -> timestamp", "_+_(duration, timestamp) -> timestamp"]),
    binary(
      same("_-_", ["int", "uint", "double", "decimal", "duration"])
        + ["_-_(timestamp, timestamp) -> duration", "_-_(timestamp, duration) -> timestamp"]),
    binary(same("_*_", ["int", "uint", "double", "decimal"])),
    binary(same("_/_", ["int", "uint", "double"])),
    binary(same("_%_", ["int", "uint"])),
  ]

  private static let comparisons: [Function] =
    [binary("_==_(A, A) -> bool"), binary("_!=_(A, A) -> bool")]
    + ["_<_", "_<=_", "_>_", "_>=_"].map { name in
      let numbers = ["int", "uint", "double"]
      let kinds = ["bool", "string", "bytes", "timestamp", "duration", "decimal"]
      let pairs = numbers.flatMap { left in numbers.map { (left, $0) } } + kinds.map { ($0, $0) }
      return binary(pairs.map { "\(name)(\($0.0), \($0.1)) -> bool" })
    }

  private static func same(_ name: String, _ types: [String]) -> [String] {
    types.map { "\(name)(\($0), \($0)) -> \($0)" }
  }

  private static func binary(_ signatures: String...) -> Function {
    binary(signatures)
  }

  private static func binary(_ signatures: [String]) -> Function {
    let name = String(signatures[0].prefix { $0 != "(" })
    guard let operation = Operators.fast[name] else { preconditionFailure("no operator is named \(name)") }
    return Function(signatures) { arguments, frame throws(Failure) in
      try operation(arguments[0], arguments[1], &frame)
    }
  }
}
