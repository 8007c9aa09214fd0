extension Compiler {
  mutating func chain(_ operands: [Node], until decisive: Bool) throws(ExpressionError) -> Part {
    Part(Compiler.chain(try steps(operands), operands.map(\.range), until: decisive))
  }

  mutating func conditional(_ condition: Node, _ then: Node, _ otherwise: Node) throws(ExpressionError) -> Part {
    let steps = try steps([condition, then, otherwise])
    return Part(Compiler.conditional(steps[0], condition.range, steps[1], steps[2]))
  }

  mutating func bind(_ name: Node.Name, _ value: Node, _ body: Node) throws(ExpressionError) -> Part {
    let value = try compile(value).step
    return Part(Compiler.bind(value, try scoped([name.text], body).step))
  }

  mutating func optionalMap(
    _ operand: Node, _ name: Node.Name, _ body: Node, _ isFlat: Bool
  ) throws(ExpressionError) -> Part {
    let value = try compile(operand).step
    return Part(Compiler.optionalMap(value, operand.range, try scoped([name.text], body).step, isFlat))
  }

  /// `&&` (until false) and `||` (until true). An operand that decides wins over errors of the others, on either side.
  private static func chain(_ steps: [Program.Step], _ ranges: [Range<Int>], until decisive: Bool) -> Program.Step {
    { frame throws(EvaluationError) in
      var failure: EvaluationError?
      for (index, step) in steps.enumerated() {
        do throws(EvaluationError) {
          let value = try step(&frame)
          if case .bool(let value) = value {
            if value == decisive { return .bool(decisive) }
          } else if failure == nil {
            failure = EvaluationError(
              .type, "'\(decisive ? "||" : "&&")' is between bools, not \(value.kind)", range: ranges[index])
          }
        } catch {
          if error.code == .cost { throw error }
          if failure == nil { failure = error }
        }
      }
      if let failure { throw failure }
      return .bool(!decisive)
    }
  }

  private static func conditional(
    _ condition: @escaping Program.Step, _ range: Range<Int>, _ then: @escaping Program.Step,
    _ otherwise: @escaping Program.Step
  ) -> Program.Step {
    { frame throws(EvaluationError) in
      let value = try condition(&frame)
      guard case .bool(let isTrue) = value else {
        throw EvaluationError(.type, "the condition of '?' is a bool, not \(value.kind)", range: range)
      }
      return try isTrue ? then(&frame) : otherwise(&frame)
    }
  }

  private static func bind(_ value: @escaping Program.Step, _ body: @escaping Program.Step) -> Program.Step {
    { frame throws(EvaluationError) in
      frame.locals.append(try value(&frame))
      defer { frame.locals.removeLast() }
      return try body(&frame)
    }
  }

  private static func optionalMap(
    _ operand: @escaping Program.Step, _ range: Range<Int>, _ body: @escaping Program.Step, _ isFlat: Bool
  ) -> Program.Step {
    { frame throws(EvaluationError) in
      guard let value = try operand(&frame).unwrapped(at: range) else { return .optional(nil) }
      frame.locals.append(value)
      defer { frame.locals.removeLast() }
      let result = try body(&frame)
      if !isFlat { return .optional(result) }
      guard case .optional = result else {
        throw EvaluationError(.type, "'optFlatMap' makes an optional, not \(result.kind)", range: range)
      }
      return result
    }
  }
}
