package import CEL

extension Schema {
  /// The static type, in expressions, of what ``expressionValue(_:)`` makes of values of this schema.
  ///
  /// An object with named fields is a record, open where `additionalProperties` lets other fields in; one without is a
  /// map. `format: decimal` is a decimal and `format: date-time` a timestamp. Several types together, what only `anyOf`
  /// and its kin describe, and the inner turns of a schema that refers to itself are `dyn`.
  package var celType: Type {
    var reading = TypeReading()
    return reading.type(of: SchemaView(self))
  }
}

/// Reads types off a schema, up to a size: shared references could otherwise unfold without end.
private struct TypeReading {
  private var budget = 5_000
  private var path: [[Int]] = []

  mutating func type(of view: SchemaView) -> Type {
    let place = view.nodes.map(\.index)
    if view.isSensitive { return .sensitive }
    guard budget > 0, !path.contains(place), let types = view.types else { return .dyn }
    budget -= 1
    path.append(place)
    defer { path.removeLast() }
    let type = type(for: types.subtracting(.null), of: view)
    return types.contains(.null) && type != .null && type != .dyn ? .nullable(type) : type
  }

  private mutating func type(for types: SchemaTypes, of view: SchemaView) -> Type {
    switch types {
    case []: .null
    case .boolean: .bool
    case .integer: .int
    case .number: .double
    case .string: textType(view.format)
    case .array: .list(itemType(view))
    case .object: objectType(view)
    default: .dyn
    }
  }

  private func textType(_ format: SchemaFormat?) -> Type {
    switch format {
    case .decimal: .decimal
    case .dateTime: .timestamp
    default: .string
    }
  }

  private mutating func itemType(_ view: SchemaView) -> Type {
    guard view.nodes.allSatisfy(\.items.prefix.isEmpty) else { return .dyn }
    return type(of: view.item(0))
  }

  private mutating func objectType(_ view: SchemaView) -> Type {
    let others = view.nodes.compactMap(\.fields.additional).filter { !view.schema.nodes[$0].refusesAll }
    let names = view.fieldNames
    let maybe = view.conditionalFieldNames
    if names.isEmpty, maybe.isEmpty {
      return .map(.string, others.isEmpty ? .dyn : type(of: SchemaView(view.schema, others)))
    }
    let fields = names.map { name in
      Record.Field(name: name, type: type(of: view.field(name)), isRequired: view.requires(name))
    }
    let more = maybe.map { Record.Field(name: $0, type: .dyn, isRequired: view.requires($0)) }
    return .record(Record(fields: fields + more, isOpen: !others.isEmpty))
  }
}
