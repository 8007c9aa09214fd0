/// A key of a map. Order is by kind (bool, int, uint, string), then by content; strings by their UTF-8 bytes.
package enum MapKey: Sendable {
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case string(String)

  package var value: Value {
    switch self {
    case .bool(let key): .bool(key)
    case .int(let key): .int(key)
    case .uint(let key): .uint(key)
    case .string(let key): .string(key)
    }
  }

  package var string: String? {
    if case .string(let key) = self { key } else { nil }
  }

  private var rank: Int {
    switch self {
    case .bool: 0
    case .int: 1
    case .uint: 2
    case .string: 3
    }
  }
}

extension MapKey: Hashable, Comparable {
  package static func == (left: MapKey, right: MapKey) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.bool(let left), .bool(let right)): left == right
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    value.hash(into: &hasher)
  }

  package static func < (left: MapKey, right: MapKey) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left.precedesInBytes(right)
    case (.int(let left), .int(let right)): left < right
    case (.uint(let left), .uint(let right)): left < right
    case (.bool(let left), .bool(let right)): !left && right
    default: left.rank < right.rank
    }
  }
}

extension MapKey: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
}
