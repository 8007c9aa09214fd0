package import CEL

extension Schema {
  /// A stored value as expressions see it: text of `format: decimal` is a decimal, of `format: date-time` a timestamp,
  /// an `integer` an int and a `number` a double. Inside branches (`anyOf`, `oneOf`, `if`) values stay as they are
  /// stored.
  ///
  /// Text that cannot be read so stays text; ``validate(_:_:)`` has refused it before.
  package func expressionValue(_ stored: Value) -> Value {
    converted(stored, SchemaView(self), Self.expressionScalar)
  }

  /// A value of expressions as it is stored: the inverse of ``expressionValue(_:)``, which also turns durations and
  /// unsigned numbers, wherever they stand, into what JSON has.
  package func storedValue(_ value: Value) -> Value {
    converted(value, SchemaView(self), Self.storedScalar)
  }

  private func converted(_ value: Value, _ view: SchemaView, _ scalar: (Value, SchemaView) -> Value) -> Value {
    switch value {
    case _ where value.isSealed: value
    case .map(let map): .map(map.mapMembers { converted($1, view.field($0), scalar) })
    case .list(let list): .list(list.enumerated().map { converted($1, view.item($0), scalar) })
    default: scalar(value, view)
    }
  }

  private static func expressionScalar(_ value: Value, _ view: SchemaView) -> Value {
    guard case .string(let text) = value else { return typedNumber(value, view) }
    switch view.format {
    case .decimal: return SchemaFormat.decimal(text).map(Value.decimal) ?? value
    case .dateTime: return DateText.timestamp(text).map(Value.timestamp) ?? value
    default: return value
    }
  }

  private static func storedScalar(_ value: Value, _ view: SchemaView) -> Value {
    switch value {
    case .decimal(let decimal): .string(decimal.description)
    case .timestamp(let timestamp): .string(timestamp.description)
    case .duration(let duration): .string(storedText(duration, view.format))
    case .uint(let uint): Int64(exactly: uint).map(Value.int) ?? .double(Double(uint))
    default: typedNumber(value, view)
    }
  }

  private static func storedText(_ duration: Duration, _ format: SchemaFormat?) -> String {
    guard format == .duration, duration >= .zero else { return duration.celText }
    return "PT\(duration.components.seconds)S"
  }

  /// A number as the schema types it: the record stores `integer` as an int and `number` as a double.
  private static func typedNumber(_ value: Value, _ view: SchemaView) -> Value {
    guard let types = view.types else { return value }
    switch value.withUnifiedNumbers {
    case .int(let int) where types.contains(.number): return .double(Double(int))
    case .int(let int) where types.contains(.integer): return .int(int)
    default: return value
    }
  }
}
