extension Library {
  static let optionals: [Function] = [
    Function("optional.of(A) -> optional(A)") { arguments, _ throws(Failure) in .optional(arguments[0]) },
    Function("optional.none() -> optional(A)") { _, _ throws(Failure) in .optional(nil) },
    Function("optional.ofNonZeroValue(A) -> optional(A)") { arguments, _ throws(Failure) in
      .optional(arguments[0].isZero ? nil : arguments[0])
    },
    Function("optional.unwrap(list(optional(A))) -> list(A)", body: unwrap),
    Function("(list(optional(A))).unwrapOpt() -> list(A)", body: unwrap),
    Function("(optional(A)).hasValue() -> bool") { arguments, _ throws(Failure) in
      guard case .optional(let value) = arguments[0] else { return nil }
      return .bool(value != nil)
    },
    Function("(optional(A)).value() -> A") { arguments, _ throws(Failure) in
      guard case .optional(let value) = arguments[0] else { return nil }
      guard let value else { throw Failure(.empty, "the optional is empty: orValue() gives it a value") }
      return value
    },
    Function("(list(A)).first() -> optional(A)") { arguments, _ throws(Failure) in
      guard case .list(let values) = arguments[0] else { return nil }
      return .optional(values.first)
    },
    Function("(list(A)).last() -> optional(A)") { arguments, _ throws(Failure) in
      guard case .list(let values) = arguments[0] else { return nil }
      return .optional(values.last)
    },
    // Evaluated by the compiler, which leaves out the second operand where it can.
    Function("(optional(A)).or(optional(A)) -> optional(A)") { _, _ throws(Failure) in nil },
    Function("(optional(A)).orValue(A) -> A") { _, _ throws(Failure) in nil },
  ]

  @Sendable private static func unwrap(_ arguments: [Value], _ frame: inout Frame) throws(Failure) -> Value? {
    guard case .list(let values) = arguments[0] else { return nil }
    try frame.charge(values.count)
    var present: [Value] = []
    for value in values {
      guard case .optional(let value) = value else { return nil }
      if let value { present.append(value) }
    }
    return .list(present)
  }
}

extension Value {
  /// The zero of its type: what protocol buffers would leave out.
  fileprivate var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .decimal(let value): value.isZero
    case .string(let value): value.isEmpty
    case .bytes(let value): value.isEmpty
    case .timestamp(let value): value == .epoch
    case .duration(let value): value == .zero
    case .list(let value): value.isEmpty
    case .map(let value): value.isEmpty
    case .optional(let value): value == nil
    case .type: false
    }
  }
}
