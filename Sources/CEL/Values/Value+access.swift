extension Value {
  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  package var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var intValue: Int64? {
    if case .int(let value) = self { value } else { nil }
  }

  package var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var listValue: [Value]? {
    if case .list(let value) = self { value } else { nil }
  }

  package var mapValue: ValueMap? {
    if case .map(let value) = self { value } else { nil }
  }

  /// The value at a key; nil if this is not a map or has no such key.
  package subscript(key: String) -> Value? {
    if case .map(let map) = self { map[key] } else { nil }
  }

  /// The value at a path of keys; the empty path is the value itself.
  package subscript(path path: [String]) -> Value? {
    var value: Value? = self
    for key in path { value = value?[key] }
    return value
  }
}

// There is no literal `nil`: `isThere ? value : nil` would quietly be `.null` where an optional was meant.
extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: Value...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, Value)...) { self = .map(ValueMap(elements)) }
}
