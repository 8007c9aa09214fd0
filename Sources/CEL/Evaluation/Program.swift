/// A compiled expression: names are resolved, constants are made, functions are found.
package struct Program: Sendable {
  typealias Step = @Sendable (inout Frame) throws(EvaluationError) -> Value

  /// The names of the variables that it reads, by slot.
  package let variables: [String]
  let step: Step
  private let range: Range<Int>

  init(variables: [String], range: Range<Int>, step: @escaping Step) {
    self.variables = variables
    self.range = range
    self.step = step
  }

  /// How deep lists and maps of a result may lie within each other, so that it can be stored and read again.
  static let resultDepth = 64

  /// The value in a scope. Deterministic; no side effects.
  ///
  /// - Throws: for what has no value: an absent key, an overflow, types that do not go together, more steps than
  ///   `scope.costLimit`, a result nested too deep to be stored.
  package func evaluate(_ scope: Scope) throws(EvaluationError) -> Value {
    var frame = Frame(variables: variables.map { scope.value(of: $0) }, scope: scope)
    let value = try step(&frame)
    do throws(Failure) {
      try frame.charge(value, depth: Program.resultDepth)
    } catch {
      throw error.at(range)
    }
    return value
  }
}

extension Frame {
  /// Charges a step for each list, map and element: a value may share parts that would be written out many times.
  fileprivate mutating func charge(_ value: Value, depth: Int) throws(Failure) {
    switch value {
    case .list(let values):
      guard depth > 0 else { throw Failure(.cost, "the result is nested too deep") }
      try charge(values.count)
      for value in values { try charge(value, depth: depth - 1) }
    case .map(let map):
      guard depth > 0 else { throw Failure(.cost, "the result is nested too deep") }
      try charge(map.count)
      for entry in map.entries { try charge(entry.value, depth: depth - 1) }
    case .optional(let value?): try charge(value, depth: depth - 1)
    default: break
    }
  }
}
