package import CEL

extension Value {
  /// As the record keeps it: JSON's shapes only; decimals, instants, durations and bytes as their texts.
  package var stored: Value {
    switch self {
    case .null, .bool, .int, .string: self
    case .double(let value): value.isFinite ? self : .string("\(value)")
    case .uint(let value): Int64(exactly: value).map { .int($0) } ?? .string(String(value))
    case .decimal(let value): .string(value.description)
    case .timestamp(let value): .string(value.description)
    case .duration(let value): .string(value.celText)
    case .bytes(let bytes): .string(Base64.encode(bytes))
    case .type: .string(text)
    case .list(let values): .list(values.map(\.stored))
    case .map(let map): .map(ValueMap(map.entries.map { ($0.key.text, $0.value.stored) }))
    case .optional(let value): value?.stored ?? .null
    }
  }

  /// As a sentence shows it.
  package var text: String {
    switch self {
    case .string(let value): value
    case .null: "–"
    case .bool(let value): value ? "yes" : "no"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)"
    case .double(let value): "\(value)"
    case .decimal(let value): value.description
    case .timestamp(let value): value.description
    case .duration(let value): value.celText
    case .type(let type): "\(type)"
    case .optional(let value): value?.text ?? "–"
    case .bytes(let bytes): Base64.encode(bytes)
    case .list(let values): values.map(\.text).joined(separator: ", ")
    case .map where isSealed: Self.hidden
    case .map(let map): map.entries.map { "\($0.key.text): \($0.value.text)" }.joined(separator: ", ")
    }
  }

  /// A stored value as expressions read it: texts that the type calls decimals become decimals.
  package func typed(as type: Type) -> Value {
    switch (self, type) {
    case (.string(let text), .decimal): Decimal(text).map { .decimal($0) } ?? self
    case (.string(let text), .timestamp): Timestamp(rfc3339: text).map { .timestamp($0) } ?? self
    case (.int(let value), .double): .double(Double(value))
    case (.list(let values), .list(let element)): .list(values.map { $0.typed(as: element) })
    case (.map(let map), .map(_, let element)):
      .map(ValueMap(map.entries.map { ($0.key.text, $0.value.typed(as: element)) }))
    case (.map(let map), .record(let record)): .map(map.typed(as: record))
    case (_, .optional(let inner)), (_, .nullable(let inner)): typed(as: inner)
    default: self
    }
  }
}

extension ValueMap {
  fileprivate func typed(as record: Record) -> ValueMap {
    var typed = self
    for field in record.fields {
      if let value = self[field.name] { typed[field.name] = value.typed(as: field.type) }
    }
    return typed
  }
}

extension MapKey {
  package var text: String {
    switch self {
    case .string(let value): value
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)"
    }
  }
}
