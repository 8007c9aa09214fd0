/// Finds what a name stands for: variables, types and functions, inside a container.
struct Resolver {
  enum Found {
    case variable(String, Type)
    case type(Type)
  }

  /// A function as a call names it.
  struct Target {
    let name: String
    let overloads: [FunctionDeclaration]
    /// nil for a function that only the checker knows.
    let body: Function.Body?
    let isVariadic: Bool
    /// Whether what stands before the point is an argument.
    let hasTarget: Bool
  }

  let environment: Environment
  /// The prefixes that names may leave out, the longest first; the last is empty.
  private let prefixes: [String]

  init(_ environment: Environment) {
    self.environment = environment
    var parts = environment.container.split(separator: ".")
    var prefixes: [String] = []
    while !parts.isEmpty {
      prefixes.append(parts.joined(separator: ".") + ".")
      parts.removeLast()
    }
    self.prefixes = prefixes + [""]
  }

  private func candidates(_ name: String, _ isAbsolute: Bool) -> [String] {
    isAbsolute ? [name] : prefixes.map { $0 + name }
  }

  func variable(_ path: Node.PlainPath) -> Found? {
    let name = path.names.joined(separator: ".")
    for candidate in candidates(name, path.isAbsolute) {
      if let type = environment.variables[candidate] { return .variable(candidate, type) }
      if let type = Resolver.types[candidate] { return .type(type) }
    }
    return nil
  }

  /// The names of types, which stand for themselves.
  static let types: [String: Type] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "decimal": .decimal, "string": .string,
    "bytes": .bytes, "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type(.dyn),
    "optional_type": .optional(.dyn), "timestamp": .timestamp, "duration": .duration,
    "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
  ]

  /// - Throws: if no function has that name, or none takes so many arguments.
  func function(_ call: Node.Call, locals: [String]) throws(ExpressionError) -> Target {
    guard let target = call.target else {
      for candidate in candidates(call.name, call.isAbsolute) {
        if let found = global(candidate) { return try fitting(found, call) }
      }
      throw unknownFunction(call)
    }
    if let path = target.plainPath, path.isAbsolute || !locals.contains(path.names[0]) {
      for candidate in candidates((path.names + [call.name]).joined(separator: "."), path.isAbsolute) {
        if let found = global(candidate) { return try fitting(found, call) }
      }
    }
    guard let found = method(call.name) else { throw unknownFunction(call, locals: locals) }
    return try fitting(found, call)
  }

  private func global(_ name: String) -> Target? {
    let declared = environment.functions.filter { !$0.isMethod && $0.name == name }
    let known = Library.functions[name]
    guard known != nil || !declared.isEmpty else { return nil }
    return Target(
      name: name, overloads: (known?.overloads ?? []) + declared, body: known?.body,
      isVariadic: known?.isVariadic ?? false, hasTarget: false)
  }

  private func method(_ name: String) -> Target? {
    let declared = environment.functions.filter { $0.isMethod && $0.name == name }
    let known = Library.methods[name]
    guard known != nil || !declared.isEmpty else { return nil }
    return Target(
      name: name, overloads: (known?.overloads ?? []) + declared, body: known?.body, isVariadic: false, hasTarget: true)
  }

  private func fitting(_ target: Target, _ call: Node.Call) throws(ExpressionError) -> Target {
    let extra = target.hasTarget ? 1 : 0
    let counts = Set(target.overloads.map { $0.parameters.count - extra }).sorted()
    if target.isVariadic ? !call.arguments.isEmpty : counts.contains(call.arguments.count) { return target }
    let wanted = target.isVariadic ? "at least one argument" : Wording.count(counts)
    throw ExpressionError(
      message: "'\(target.name)' takes \(wanted), not \(call.arguments.count)",
      hint: "it is written \(Wording.signatures(target.overloads))", range: call.nameRange)
  }

  func unknownVariable(_ node: Node, locals: [String]) -> ExpressionError {
    let name = node.plainPath?.names[0] ?? ""
    let known = locals + environment.variables.keys.sorted()
    if name == "cel" || Library.namespaces.contains(name) {
      return ExpressionError(message: "'\(name)' holds functions and is no value", range: node.range)
    }
    return ExpressionError(
      message: "no variable is named '\(name)'",
      hint: known.nearest(to: name).map { "did you mean '\($0)'?" } ?? Wording.available(known),
      range: node.range.lowerBound..<min(node.range.upperBound, node.range.lowerBound + name.utf8.count))
  }

  private func unknownFunction(_ call: Node.Call, locals: [String] = []) -> ExpressionError {
    let path = call.target?.plainPath.map { $0.names.joined(separator: ".") }
    if let path, Library.namespaces.contains(path), !locals.contains(path), environment.variables[path] == nil {
      let names = Library.functions.keys.filter { $0.hasPrefix(path + ".") }.sorted()
      let hint = names.nearest(to: "\(path).\(call.name)").map { "did you mean '\($0)'?" }
      return ExpressionError(
        message: "no function is named '\(path).\(call.name)'", hint: hint, range: call.nameRange)
    }
    let isMethod = call.target != nil
    let names = isMethod ? Library.methodNames : Library.functionNames
    let other = isMethod ? Library.functions[call.name] != nil : Library.methods[call.name] != nil
    let hint =
      other
      ? (isMethod ? "it is written \(call.name)(x)" : "it is written x.\(call.name)(...)")
      : names.nearest(to: call.name).map { "did you mean '\($0)'?" }
    return ExpressionError(
      message: "no \(isMethod ? "method" : "function") is named '\(call.name)'", hint: hint, range: call.nameRange)
  }
}

extension Node {
  /// `a.b.c` without tests and optionals, which may be a name as a whole.
  struct PlainPath {
    var names: [String]
    var isAbsolute: Bool
  }

  var plainPath: PlainPath? {
    var names: [String] = []
    var node = self
    while case .select(let operand, let field) = node.kind {
      guard !field.isGuarding else { return nil }
      names.append(field.name)
      node = operand
    }
    guard case .identifier(let root, let isAbsolute) = node.kind else { return nil }
    names.append(root)
    return PlainPath(names: names.reversed(), isAbsolute: isAbsolute)
  }
}
