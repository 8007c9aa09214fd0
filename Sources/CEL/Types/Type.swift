/// What the checker knows of a value before it is there.
package indirect enum Type: Sendable, Hashable {
  /// Anything: checked when the expression runs.
  case dyn
  case null
  case bool
  case int
  case uint
  case double
  case decimal
  case string
  case bytes
  case timestamp
  case duration
  case list(Type)
  case map(Type, Type)
  /// A map with known fields.
  case record(Record)
  case optional(Type)
  /// A value of the type, or null.
  case nullable(Type)
  /// The type of a type: `type(1)` is `type(int)`.
  case type(Type)
  /// A type that only a declared function makes, known by its name.
  case abstract(String, [Type])
  /// In a function's signature: stands for one type, the same at every place of its name.
  case parameter(String)
  /// The type of what was already reported; agrees with everything, so that one mistake is said once.
  case error
}

extension Type: CustomStringConvertible {
  /// The type as CEL's documentation writes it: `list(int)`, `map(string, dyn)`.
  package var description: String {
    switch self {
    case .dyn: "dyn"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .decimal: "decimal"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .record(let record): "record(\(record.fields.map(\.name).joined(separator: ", ")))"
    case .optional(let value): "optional(\(value))"
    case .nullable(let value): "\(value) or null"
    case .type(let value): "type(\(value))"
    case .abstract(let name, let parameters):
      parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    case .parameter(let name): name
    case .error: "error"
    }
  }
}
