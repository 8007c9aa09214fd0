extension Compiler {
  mutating func call(_ call: Node.Call, _ range: Range<Int>) throws(ExpressionError) -> Part {
    if let lazy = try optionalFallback(call, range) { return lazy }
    let resolved = try resolver.function(call, locals: locals)
    let nodes = resolved.hasTarget ? [call.target].compactMap(\.self) + call.arguments : call.arguments
    var parts: [Part] = []
    for node in nodes { parts.append(try compile(node)) }
    if let pattern = try constantPattern(resolved.name, call, parts) { return pattern }
    let steps = parts.map(\.step)
    let name = resolved.name
    let place = call.nameRange
    guard let body = resolved.body else {
      return Part { _ throws(EvaluationError) in
        throw EvaluationError(.type, "the function '\(name)' can be checked, but not called", range: place)
      }
    }
    switch steps.count {
    case 1: return Part(Compiler.unary(name, body, steps[0], range))
    case 2: return Part(Compiler.binary(name, body, steps[0], steps[1], range))
    default: return Part(Compiler.general(name, body, steps, range))
    }
  }

  private static func unary(
    _ name: String, _ body: @escaping Function.Body, _ operand: @escaping Program.Step, _ range: Range<Int>
  ) -> Program.Step {
    { frame throws(EvaluationError) in
      let arguments = [try operand(&frame)]
      return try apply(name, body, arguments, &frame, range)
    }
  }

  /// With the most frequent operators done in place.
  private static func binary(
    _ name: String, _ body: @escaping Function.Body, _ left: @escaping Program.Step, _ right: @escaping Program.Step,
    _ range: Range<Int>
  ) -> Program.Step {
    if let operation = Operators.fast[name] {
      return { frame throws(EvaluationError) in
        let left = try left(&frame)
        let right = try right(&frame)
        do throws(Failure) {
          try frame.charge(1)
          if let value = try operation(left, right, &frame) { return value }
        } catch {
          throw error.at(range)
        }
        throw Failure.noOverload(name, [left, right]).at(range)
      }
    }
    return { frame throws(EvaluationError) in
      let arguments = [try left(&frame), try right(&frame)]
      return try apply(name, body, arguments, &frame, range)
    }
  }

  private static func general(
    _ name: String, _ body: @escaping Function.Body, _ steps: [Program.Step], _ range: Range<Int>
  ) -> Program.Step {
    { frame throws(EvaluationError) in
      var arguments: [Value] = []
      arguments.reserveCapacity(steps.count)
      for step in steps { arguments.append(try step(&frame)) }
      return try apply(name, body, arguments, &frame, range)
    }
  }

  private static func apply(
    _ name: String, _ body: Function.Body, _ arguments: [Value], _ frame: inout Frame, _ range: Range<Int>
  ) throws(EvaluationError) -> Value {
    do throws(Failure) {
      try frame.charge(1)
      if let value = try body(arguments, &frame) { return value }
    } catch {
      throw error.at(range)
    }
    throw Failure.noOverload(name, arguments).at(range)
  }

  /// `x.or(y)` and `x.orValue(y)` evaluate y only if x is empty.
  private mutating func optionalFallback(_ call: Node.Call, _ range: Range<Int>) throws(ExpressionError) -> Part? {
    guard call.name == "or" || call.name == "orValue", let target = call.target, call.arguments.count == 1 else {
      return nil
    }
    let operand = try compile(target).step
    let other = try compile(call.arguments[0]).step
    let isValue = call.name == "orValue"
    return Part { frame throws(EvaluationError) in
      if let value = try operand(&frame).unwrapped(at: target.range) { return isValue ? value : .optional(value) }
      let value = try other(&frame)
      if isValue { return value }
      return .optional(try value.unwrapped(at: range))
    }
  }

  /// A pattern that is written out is compiled once.
  private func constantPattern(_ name: String, _ call: Node.Call, _ parts: [Part]) throws(ExpressionError) -> Part? {
    guard name == "matches", parts.count == 2, case .string(let pattern)? = parts[1].constant else { return nil }
    let regex: LinearRegex
    do throws(RegexError) {
      regex = try LinearRegex(pattern)
    } catch {
      throw ExpressionError(message: error.message, range: call.arguments.last?.range ?? call.nameRange)
    }
    let operand = parts[0].step
    let range = call.nameRange
    return Part { frame throws(EvaluationError) in
      let value = try operand(&frame)
      guard case .string(let text) = value else { throw Failure.noOverload(name, [value, .string(pattern)]).at(range) }
      do throws(Failure) { try frame.charge(1 + regex.cost(of: text)) } catch { throw error.at(range) }
      return .bool(regex.matches(text))
    }
  }
}

extension Failure {
  /// "'>' compares int with string": what went together at run time.
  static func noOverload(_ name: String, _ arguments: [Value]) -> Failure {
    Failure(.type, Wording.mismatch(name, arguments.map(\.kind)))
  }
}
