/// What one evaluation works with.
struct Frame {
  /// Values of the program's variables, by slot.
  let variables: [Value?]
  /// Values of the names that enclosing macros define, by depth.
  var locals: [Value] = []
  let zones: @Sendable (String) -> ZoneRules?
  private var budget: Int
  private let limit: Int

  init(variables: [Value?], scope: Scope) {
    self.variables = variables
    zones = scope.zones
    budget = scope.costLimit
    limit = scope.costLimit
  }

  /// Takes some of the budget.
  mutating func charge(_ cost: Int) throws(Failure) {
    guard cost <= budget else {
      budget = 0
      throw Failure(.cost, "the evaluation takes more than \(limit) steps")
    }
    budget -= cost
  }
}

/// Why a function has no result; the place is added by who called it.
struct Failure: Error {
  let code: EvaluationError.Code
  let message: String

  init(_ code: EvaluationError.Code, _ message: String) {
    self.code = code
    self.message = message
  }

  func at(_ range: Range<Int>) -> EvaluationError {
    EvaluationError(code, message, range: range)
  }

  static func overflow(_ what: String) -> Failure {
    Failure(.overflow, "the result of \(what) does not fit")
  }
}

extension Value {
  /// The type of the value, as sentences name it.
  var kind: String {
    switch self {
    case .timestamp: "timestamp"
    case .duration: "duration"
    default: dynamicType.simpleName
    }
  }

  /// The type as `type()` gives it.
  var dynamicType: Type {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .decimal: .decimal
    case .string: .string
    case .bytes: .bytes
    case .timestamp: .timestamp
    case .duration: .duration
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .optional: .optional(.dyn)
    case .type: .type(.dyn)
    }
  }
}

extension Type {
  /// The type's name without parameters, as an expression writes it.
  package var simpleName: String {
    switch self {
    case .list: "list"
    case .map, .record: "map"
    case .optional: "optional_type"
    case .type: "type"
    case .null: "null_type"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .nullable(let type): type.simpleName
    case .abstract(let name, _): name
    default: description
    }
  }
}
