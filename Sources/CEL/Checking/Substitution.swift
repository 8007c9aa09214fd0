/// What the type parameters of one check stand for, and which types go where: as in cel-go's checker.
struct Substitution {
  private var bindings: [String: Type] = [:]
  private var count = 0

  /// A parameter that nothing is known of yet.
  mutating func fresh() -> Type {
    count += 1
    return .parameter("%\(count)")
  }

  /// A declaration with fresh parameters.
  mutating func instantiate(_ declaration: FunctionDeclaration) -> (parameters: [Type], result: Type) {
    var names: [String: Type] = [:]
    let parameters = declaration.parameters.map { rename($0, &names) }
    return (parameters, rename(declaration.result, &names))
  }

  private mutating func rename(_ type: Type, _ names: inout [String: Type]) -> Type {
    guard case .parameter(let name) = type else { return type.mapParameters { rename($0, &names) } }
    if let known = names[name] { return known }
    let new = fresh()
    names[name] = new
    return new
  }

  /// The type with everything known put in; what is not known is left, or becomes dyn.
  func apply(_ type: Type, unknownIsDyn: Bool = false) -> Type {
    guard case .parameter(let name) = type else {
      return type.mapParameters { apply($0, unknownIsDyn: unknownIsDyn) }
    }
    if let bound = bindings[name] { return apply(bound, unknownIsDyn: unknownIsDyn) }
    return unknownIsDyn ? .dyn : type
  }

  /// Whether values of one type can stand where the other is wanted; if so, parameters are bound.
  mutating func isAssignable(_ type: Type, to wanted: Type) -> Bool {
    isAssignable([type], to: [wanted])
  }

  mutating func isAssignable(_ types: [Type], to wanted: [Type]) -> Bool {
    var copy = self
    guard zip(types, wanted).allSatisfy({ copy.matches($0, $1) }) else { return false }
    self = copy
    return true
  }

  private mutating func matches(_ type: Type, _ wanted: Type) -> Bool {
    if case .parameter(let name) = wanted {
      let (isValid, isBound) = bind(name, to: type)
      if isValid { return true }
      if isBound { return false }
    }
    if case .parameter(let name) = type { return bind(name, to: wanted).isValid }
    switch (type, wanted) {
    case (.dyn, _), (_, .dyn), (.error, _), (_, .error): return true
    case (.null, _): return wanted.takesNull
    case (_, .null): return type.takesNull
    case (.nullable(let type), .nullable(let wanted)), (.nullable(let type), let wanted),
      (let type, .nullable(let wanted)):
      return matches(type, wanted)
    case (.list(let type), .list(let wanted)), (.optional(let type), .optional(let wanted)):
      return matches(type, wanted)
    case (.map(let key, let value), .map(let wantedKey, let wantedValue)):
      return matches(key, wantedKey) && matches(value, wantedValue)
    case (.record(let left), .record(let right)): return matches(left, right)
    case (.record(let record), .map): return matches(record.map, wanted)
    case (.map, .record(let record)): return matches(type, record.map)
    case (.type, .type): return true
    case (.abstract(let name, let parameters), .abstract(let wantedName, let wantedParameters)):
      guard name == wantedName, parameters.count == wantedParameters.count else { return false }
      for (parameter, wanted) in zip(parameters, wantedParameters) where !matches(parameter, wanted) { return false }
      return true
    default: return type == wanted
    }
  }

  /// Records go together if the fields that both have do.
  private mutating func matches(_ left: Record, _ right: Record) -> Bool {
    for field in left.fields {
      if let other = right[field.name], !matches(field.type, other.type) { return false }
    }
    return true
  }

  private mutating func bind(_ name: String, to type: Type) -> (isValid: Bool, isBound: Bool) {
    if type == .parameter(name) { return (true, true) }
    if let bound = bindings[name] {
      if type == bound { return (true, true) }
      guard matches(type, bound) else { return (false, true) }
      let general = Type.mostGeneral(type, bound)
      if !refers(general, to: name) { bindings[name] = general }
      return (true, true)
    }
    guard !refers(type, to: name) else { return (false, false) }
    bindings[name] = type
    return (true, false)
  }

  /// Whether a type has the parameter within: binding it would never end.
  private func refers(_ type: Type, to name: String) -> Bool {
    if case .parameter(let other) = type {
      return other == name || bindings[other].map { refers($0, to: name) } ?? false
    }
    return type.parameters.contains { refers($0, to: name) }
  }

  /// The type of what may be one or the other: dyn if they have nothing in common.
  mutating func join(_ first: Type, _ second: Type) -> Type {
    isAssignable(first, to: second) ? Type.mostGeneral(apply(first), apply(second)) : .dyn
  }
}

extension Type {
  var parameters: [Type] {
    switch self {
    case .list(let type), .optional(let type), .nullable(let type), .type(let type): [type]
    case .map(let key, let value): [key, value]
    case .abstract(_, let parameters): parameters
    default: []
    }
  }

  func mapParameters(_ change: (Type) -> Type) -> Type {
    switch self {
    case .list(let type): .list(change(type))
    case .optional(let type): .optional(change(type))
    case .nullable(let type): .nullable(change(type))
    case .type(let type): .type(change(type))
    case .map(let key, let value): .map(change(key), change(value))
    case .abstract(let name, let parameters): .abstract(name, parameters.map(change))
    default: self
    }
  }

  /// CEL lets null stand for these (from protocol buffers, where they can be unset).
  fileprivate var takesNull: Bool {
    switch self {
    case .null, .nullable, .timestamp, .duration, .optional, .abstract: true
    default: false
    }
  }

  /// The one that takes the other's values too.
  static func mostGeneral(_ first: Type, _ second: Type) -> Type {
    if case .record(let left) = first, case .record(let right) = second, left != right { return .map(.string, .dyn) }
    if first == .null, second.takesNull { return second }
    return first.isAsGeneral(as: second) || (second == .null && first.takesNull) ? first : second
  }

  private func isAsGeneral(as other: Type) -> Bool {
    switch (self, other) {
    case (.dyn, _), (.parameter, _): true
    case (_, .dyn), (_, .parameter): false
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)),
      (.nullable(let left), .nullable(let right)):
      left.isAsGeneral(as: right)
    case (.nullable(let left), _): other == .null || left.isAsGeneral(as: other)
    case (.map(let leftKey, let left), .map(let rightKey, let right)):
      leftKey.isAsGeneral(as: rightKey) && left.isAsGeneral(as: right)
    case (.map, .record): true
    case (.type, .type): true
    case (.abstract(let name, let left), .abstract(let otherName, let right)):
      name == otherName && left.count == right.count && zip(left, right).allSatisfy { $0.isAsGeneral(as: $1) }
    default: self == other
    }
  }
}

extension Record {
  /// The record as a map, if all fields have one type; else a map to anything.
  var map: Type {
    guard let first = fields.first?.type, !isOpen, fields.allSatisfy({ $0.type == first }) else {
      return .map(.string, .dyn)
    }
    return .map(.string, first)
  }
}
