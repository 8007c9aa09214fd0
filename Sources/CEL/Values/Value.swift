/// A value of the expression language, of variables and of stored data: JSON's shapes and CEL's scalars.
///
/// Equality here is identity of content, as storage needs it: kinds differ => unequal (`.int(1) != .double(1)`), strings
/// by their UTF-8 bytes (Swift's own `==` on strings is canonical equivalence), doubles by their bits except that every
/// NaN is the same. CEL's own `==`, which compares numbers across types, is ``celEquals(_:)``.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  indirect case decimal(Decimal)
  case string(String)
  case bytes([UInt8])
  case timestamp(Timestamp)
  indirect case duration(Duration)
  case list([Value])
  case map(ValueMap)
  indirect case optional(Value?)
  case type(Type)
}

extension Value: Hashable {
  package static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.double(let left), .double(let right)):
      left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
    case (.decimal(let left), .decimal(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.map(let left), .map(let right)): left == right
    case (.optional(let left), .optional(let right)): left == right
    case (.type(let left), .type(let right)): left == right
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .uint(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
    case .decimal(let value): hasher.combine(value)
    case .string(let value): value.hashBytes(into: &hasher)
    case .bytes(let value): hasher.combine(value)
    case .timestamp(let value): hasher.combine(value)
    case .duration(let value): hasher.combine(value)
    case .list(let value): hasher.combine(value)
    case .map(let value): hasher.combine(value)
    case .optional(let value): hasher.combine(value)
    case .type(let value): hasher.combine(value)
    }
  }
}
