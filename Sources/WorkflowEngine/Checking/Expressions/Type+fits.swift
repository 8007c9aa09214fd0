import CEL

extension Type {
  /// Whether a value of this type can be kept where the other is wanted, as the engine stores and reads values.
  func fits(_ wanted: Type) -> Bool {
    switch (self, wanted) {
    case (.dyn, _), (_, .dyn), (.error, _), (_, .error), (.parameter, _), (_, .parameter): true
    case (.int, .double): true
    // Whatever comes is sealed.
    case (_, .sensitive): true
    case (.nullable(let inner), .nullable(let wanted)), (.nullable(let inner), let wanted): inner.fits(wanted)
    case (.null, .nullable): true
    case (_, .nullable(let wanted)): fits(wanted)
    case (.list(let item), .list(let wanted)): item.fits(wanted)
    case (.map(_, let value), .map(_, let wanted)): value.fits(wanted)
    case (.record(let record), .map(_, let wanted)): record.fields.allSatisfy { $0.type.fits(wanted) }
    case (.map, .record): true
    case (.record(let record), .record(let wanted)):
      wanted.fields.allSatisfy { field in
        record[field.name].map { $0.type.fits(field.type) } ?? (record.isOpen || !field.isRequired)
      }
    default: self == wanted
    }
  }

  /// How to make one of the other, where that is one call.
  func remedy(to wanted: Type) -> String? {
    switch (self, wanted) {
    case (.string, .decimal), (.int, .decimal): "write decimal(...)"
    case (.string, .int), (.double, .int): "write int(...)"
    case (.int, .string), (.double, .string), (.decimal, .string), (.timestamp, .string): "write string(...)"
    case (.string, .timestamp): "write timestamp(...)"
    case (.string, .bool): "compare it with something, such as == 'yes'"
    case (.sensitive, _): "mark it 'sensitive' too"
    case (.optional(let inner), _) where inner.fits(wanted): "say what else: .orValue(...)"
    default: nil
    }
  }

  /// For sentences: records are long.
  var words: String {
    switch self {
    case .record: "an object"
    case .bool: "true or false"
    case .string: "a text"
    case .int, .uint: "a whole number"
    case .double: "a number"
    case .decimal: "a decimal"
    case .timestamp: "a timestamp"
    case .duration: "a duration"
    case .null: "null"
    case .list: "a list"
    case .map: "a map"
    case .sensitive: "sensitive"
    case .nullable(let inner): "\(inner.words) or null"
    case .optional(let inner): "\(inner.words) that may be absent"
    default: description
    }
  }

  init(of value: Value) {
    switch value {
    case .null: self = .null
    case .bool: self = .bool
    case .int: self = .int
    case .uint: self = .uint
    case .double: self = .double
    case .decimal: self = .decimal
    case .string: self = .string
    case .bytes: self = .bytes
    case .timestamp: self = .timestamp
    case .duration: self = .duration
    case .list(let values):
      let types = Set(values.map { Type(of: $0) })
      self = .list(types.count == 1 ? types.first ?? .dyn : .dyn)
    case .map(let map):
      let fields = map.stringPairs.map { Record.Field(name: $0.0, type: Type(of: $0.1), isRequired: true) }
      self = .record(Record(fields: fields))
    case .type, .optional: self = .dyn
    }
  }
}
