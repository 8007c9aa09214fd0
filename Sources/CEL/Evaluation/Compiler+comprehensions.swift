extension Compiler {
  /// A macro over a list or a map: each round defines its names and evaluates the body.
  mutating func comprehension(_ loop: Node.Comprehension) throws(ExpressionError) -> Part {
    let names = [loop.first.text] + (loop.second.map { [$0.text] } ?? [])
    let range = try compile(loop.range).step
    let filterNode = loop.kind == .filter ? loop.body : loop.filter
    var filter: Program.Step?
    if let filterNode { filter = try scoped(names, filterNode).step }
    let body = try scoped(names, loop.body).step
    let rounds = Rounds(
      macro: loop.macro, range: range, rangeRange: loop.range.range, isPaired: loop.second != nil,
      filter: filter, filterRange: filterNode?.range ?? 0..<0, body: body, bodyRange: loop.body.range)
    switch loop.kind {
    case .all: return Part(rounds.quantifier(until: false))
    case .exists: return Part(rounds.quantifier(until: true))
    case .existsOne: return Part(rounds.existsOne())
    case .map: return Part(rounds.list())
    case .filter: return Part(rounds.filtered())
    case .mapValues: return Part(rounds.mapValues())
    case .mapEntries: return Part(rounds.mapEntries())
    }
  }
}

/// The parts of a comprehension, and its loops.
struct Rounds: Sendable {
  let macro: Node.Name
  let range: Program.Step
  let rangeRange: Range<Int>
  let isPaired: Bool
  let filter: Program.Step?
  let filterRange: Range<Int>
  let body: Program.Step
  let bodyRange: Range<Int>

  /// Runs the rounds until one returns false. In a round the names have their values; the key is the index or the key.
  private func forEach(
    _ frame: inout Frame, _ round: (inout Frame, Value, Value) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) {
    let depth = frame.locals.count
    defer { frame.locals.removeLast(frame.locals.count - depth) }
    switch try range(&frame) {
    case .list(let values):
      for (index, value) in values.enumerated() {
        guard try self.round(&frame, depth, .int(Int64(index)), value, isMap: false, round) else { return }
      }
    case .map(let map):
      for entry in map.entries {
        guard try self.round(&frame, depth, entry.key.value, entry.value, isMap: true, round) else { return }
      }
    case let value:
      throw EvaluationError(.type, "'\(macro.text)' goes over a list or a map, not \(value.kind)", range: rangeRange)
    }
  }

  private func round(
    _ frame: inout Frame, _ depth: Int, _ key: Value, _ value: Value, isMap: Bool,
    _ round: (inout Frame, Value, Value) throws(EvaluationError) -> Bool
  ) throws(EvaluationError) -> Bool {
    do throws(Failure) { try frame.charge(1) } catch { throw error.at(macro.range) }
    frame.locals.removeLast(frame.locals.count - depth)
    if isPaired {
      frame.locals.append(key)
      frame.locals.append(value)
    } else {
      frame.locals.append(isMap ? key : value)
    }
    if let filter, !(try filter(&frame).isTrue(filterRange, macro)) { return true }
    return try round(&frame, key, isMap && !isPaired ? key : value)
  }

  /// `all` (until false) and `exists` (until true): a round that decides wins over errors of the others.
  func quantifier(until decisive: Bool) -> Program.Step {
    { frame throws(EvaluationError) in
      var failure: EvaluationError?
      var isDecided = false
      try forEach(&frame) { frame, _, _ throws(EvaluationError) in
        do throws(EvaluationError) {
          isDecided = try body(&frame).isTrue(bodyRange, macro) == decisive
        } catch {
          if error.code == .cost { throw error }
          if failure == nil { failure = error }
        }
        return !isDecided
      }
      if let failure, !isDecided { throw failure }
      return .bool(isDecided ? decisive : !decisive)
    }
  }

  func existsOne() -> Program.Step {
    { frame throws(EvaluationError) in
      var count = 0
      try forEach(&frame) { frame, _, _ throws(EvaluationError) in
        if try body(&frame).isTrue(bodyRange, macro) { count += 1 }
        return true
      }
      return .bool(count == 1)
    }
  }

  func list() -> Program.Step {
    { frame throws(EvaluationError) in
      var values: [Value] = []
      try forEach(&frame) { frame, _, _ throws(EvaluationError) in
        values.append(try body(&frame))
        return true
      }
      return .list(values)
    }
  }

  func filtered() -> Program.Step {
    { frame throws(EvaluationError) in
      var values: [Value] = []
      try forEach(&frame) { _, _, value throws(EvaluationError) in
        values.append(value)
        return true
      }
      return .list(values)
    }
  }

  func mapValues() -> Program.Step {
    { frame throws(EvaluationError) in
      var map = MapBuilder()
      try forEach(&frame) { frame, key, _ throws(EvaluationError) in
        let value = try body(&frame)
        do throws(Failure) { try map.insert(key, value) } catch { throw error.at(bodyRange) }
        return true
      }
      return .map(map.map)
    }
  }

  /// `transformMapEntry`: the body makes a map, and the maps together are the result.
  func mapEntries() -> Program.Step {
    { frame throws(EvaluationError) in
      var map = MapBuilder()
      try forEach(&frame) { frame, _, _ throws(EvaluationError) in
        guard case .map(let made) = try body(&frame) else {
          throw EvaluationError(.type, "'\(macro.text)' makes a map in each round", range: bodyRange)
        }
        for entry in made.entries {
          do throws(Failure) { try map.insert(entry.key.value, entry.value) } catch { throw error.at(bodyRange) }
        }
        return true
      }
      return .map(map.map)
    }
  }
}

extension Value {
  fileprivate func isTrue(_ range: Range<Int>, _ macro: Node.Name) throws(EvaluationError) -> Bool {
    guard case .bool(let value) = self else {
      throw EvaluationError(.type, "the condition of '\(macro.text)' is a bool, not \(kind)", range: range)
    }
    return value
  }
}
