/// Walks a tree for its free variables.
struct ReferenceCollector {
  private var found: [Reference] = []
  /// The names that enclosing macros define.
  private var bound: [String] = []
  /// Paths that a surrounding `has()` has made sure of.
  private var present: Set<[String]> = []

  static func references(in tree: Node) -> [Reference] {
    var collector = ReferenceCollector()
    collector.walk(tree, isGuarded: false)
    return collector.found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func walk(_ node: Node, isGuarded: Bool) {
    if let path = node.path { return record(path, node, isGuarded) }
    switch node.kind {
    case .and(let operands): walk(chain: operands, whenTrue: true)
    case .or(let operands): walk(chain: operands, whenTrue: false)
    case .conditional(let condition, let then, let otherwise):
      walk(condition, isGuarded: false)
      knowing(condition.pathsPresent(whenTrue: true)) { $0.walk(then, isGuarded: false) }
      knowing(condition.pathsPresent(whenTrue: false)) { $0.walk(otherwise, isGuarded: false) }
    case .call(let call) where call.isNamespaced(bound):
      for argument in call.arguments { walk(argument, isGuarded: false) }
    case .select(let operand, let field): walk(operand, isGuarded: isGuarded || field.isGuarding)
    case .index(let operand, let index, let isOptional):
      walk(operand, isGuarded: isGuarded || isOptional)
      walk(index, isGuarded: false)
    case .comprehension(let loop):
      walk(loop.range, isGuarded: false)
      bind([loop.first.text] + (loop.second.map { [$0.text] } ?? []), in: [loop.filter, loop.body].compactMap(\.self))
    case .bind(let name, let value, let body):
      walk(value, isGuarded: false)
      bind([name.text], in: [body])
    case .optionalMap(let operand, let name, let body, _):
      walk(operand, isGuarded: false)
      bind([name.text], in: [body])
    default:
      for child in node.kind.children { walk(child, isGuarded: false) }
    }
  }

  private mutating func record(_ path: Node.Path, _ node: Node, _ isGuarded: Bool) {
    if !path.isAbsolute {
      if bound.contains(path.names[0]) { return }
      if path.names.count == 1, Resolver.types[path.names[0]] != nil { return }
    }
    let isKnown = present.contains { path.names.starts(with: $0) && $0.count > 1 }
    found.append(
      Reference(path: path.names, range: node.range, isGuarded: isGuarded || path.isGuarded || isKnown))
  }

  /// What `has()` asks for to the left is there to the right.
  private mutating func walk(chain operands: [Node], whenTrue: Bool) {
    var known: Set<[String]> = []
    for operand in operands {
      knowing(known) { $0.walk(operand, isGuarded: false) }
      known.formUnion(operand.pathsPresent(whenTrue: whenTrue))
    }
  }

  private mutating func knowing(_ paths: Set<[String]>, _ body: (inout ReferenceCollector) -> Void) {
    let before = present
    present.formUnion(paths)
    body(&self)
    present = before
  }

  private mutating func bind(_ names: [String], in bodies: [Node]) {
    bound += names
    for body in bodies { walk(body, isGuarded: false) }
    bound.removeLast(names.count)
  }
}

extension Node {
  /// A variable with fields selected from it, if the node is nothing else.
  struct Path {
    var names: [String]
    var isAbsolute: Bool
    var isGuarded: Bool
  }

  var path: Path? {
    switch kind {
    case .identifier(let name, let isAbsolute): return Path(names: [name], isAbsolute: isAbsolute, isGuarded: false)
    case .select(let operand, let field):
      guard var path = operand.path else { return nil }
      path.names.append(field.name)
      path.isGuarded = path.isGuarded || field.isGuarding
      return path
    case .index(let operand, let index, let isOptional):
      guard case .literal(.string(let key)) = index.kind, var path = operand.path else { return nil }
      path.names.append(key)
      path.isGuarded = path.isGuarded || isOptional
      return path
    default: return nil
    }
  }
}

extension Node.Field {
  /// Whether the reading allows for absence.
  var isGuarding: Bool { isOptional || isTest }
}

extension Node.Call {
  /// Whether what stands before the point is part of the function's name: `math.abs(x)`.
  fileprivate func isNamespaced(_ bound: [String]) -> Bool {
    guard let path = target?.plainPath, !bound.contains(path.names[0]) else { return false }
    return Library.functions[(path.names + [name]).joined(separator: ".")] != nil
  }
}
