extension Checker {
  mutating func call(_ call: Node.Call, _ range: Range<Int>) -> Type {
    let target: Resolver.Target
    do throws(ExpressionError) {
      target = try resolver.function(call, locals: locals.map(\.name))
    } catch {
      errors.append(error)
      inferAll(call)
      return .error
    }
    let nodes = target.hasTarget ? [call.target].compactMap(\.self) + call.arguments : call.arguments
    let arguments = nodes.map { infer($0) }
    if target.isVariadic { return extreme(target, arguments, call) }
    guard let result = resolve(target, arguments) else {
      reportMismatch(target, arguments, range)
      return .error
    }
    probe(target, nodes)
    return result
  }

  /// So that mistakes within a call are found although the call itself is one.
  private mutating func inferAll(_ call: Node.Call) {
    if let node = call.target, node.plainPath.map({ Library.namespaces.contains($0.names[0]) }) != true {
      _ = infer(node)
    }
    for node in call.arguments { _ = infer(node) }
  }

  /// The result of the overloads that fit: dyn if they differ; nil if none does.
  private mutating func resolve(_ target: Resolver.Target, _ arguments: [Type]) -> Type? {
    if Self.comparing.contains(target.name), arguments.contains(where: { types.apply($0).isOpaque }) { return nil }
    var result: Type?
    for overload in target.overloads where overload.parameters.count == arguments.count {
      let (parameters, type) = types.instantiate(overload)
      guard types.isAssignable(arguments, to: parameters) else { continue }
      let applied = types.apply(type)
      if let known = result, known != applied { result = .dyn } else { result = applied }
    }
    return result
  }

  private static let comparing: Set<String> = ["_==_", "_!=_", "@in"]

  private mutating func reportMismatch(_ target: Resolver.Target, _ arguments: [Type], _ range: Range<Int>) {
    let known = arguments.map { types.apply($0, unknownIsDyn: true) }
    var words = known.map(\.description)
    var name = target.name
    if target.hasTarget, !words.isEmpty { name = "\(words.removeFirst()).\(name)" }
    let isOperator = Wording.symbol(target.name) != target.name
    let hint =
      Wording.remedy(target.name, known) ?? (isOperator ? nil : "it is written \(Wording.signatures(target.overloads))")
    let message =
      isOperator || !target.hasTarget ? Wording.mismatch(target.name, words) : noMethod(name, words, known)
    report(message, hint: hint, range)
  }

  private func noMethod(_ name: String, _ words: [String], _ types: [Type]) -> String {
    words.isEmpty
      ? "'\(name)' does not exist: the method is for other types"
      : "'\(name)' does not take (\(words.joined(separator: ", ")))"
  }

  /// `math.greatest` and `math.least` take numbers of any types.
  private mutating func extreme(_ target: Resolver.Target, _ arguments: [Type], _ call: Node.Call) -> Type {
    var numbers = arguments.map { types.apply($0) }
    if numbers.count == 1, case .list(let element) = numbers[0] { numbers = [types.apply(element)] }
    for (type, node) in zip(numbers, call.arguments) where !type.mayBeNumber {
      report("'\(target.name)' takes numbers, not \(shown(type))", node.range)
    }
    guard let first = numbers.first, numbers.allSatisfy({ $0 == first }), first.mayBeNumber else { return .dyn }
    return first
  }

  private static let probed: Set<String> = ["timestamp", "duration", "decimal", "matches"]

  /// A text that is written out can be read right now: `duration('2 hours')` is found before it runs.
  private mutating func probe(_ target: Resolver.Target, _ nodes: [Node]) {
    guard Checker.probed.contains(target.name), let last = nodes.last, case .literal(let text) = last.kind,
      let body = target.body
    else { return }
    var frame = Frame(variables: [], scope: Scope())
    do throws(Failure) {
      _ = try body(nodes.count == 2 ? ["", text] : [text], &frame)
    } catch {
      report(error.message, last.range)
    }
  }
}

extension Type {
  fileprivate var mayBeNumber: Bool {
    switch self {
    case .int, .uint, .double, .dyn, .error, .parameter: true
    case .nullable(let type): type.mayBeNumber
    default: false
    }
  }
}

extension Type {
  /// Nothing is known of its values, not even whether two are equal.
  fileprivate var isOpaque: Bool {
    if case .abstract(_, let parameters) = self { parameters.isEmpty } else { false }
  }
}
