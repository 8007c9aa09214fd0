import CEL

/// One subschema, read and checked. Other subschemas are named by their index, so references may go round in circles.
struct SchemaNode: Sendable {
  let index: Int
  let pointer: String
  /// True for the schema `false`.
  var refusesAll = false
  var reference: Int?
  /// Nil when any type will do.
  var types: SchemaTypes?
  /// The values of `enum`, as written.
  var choices: [Value]?
  /// The same for looking up, with numbers unified.
  var allowed: Set<Value> = []
  var constant: Value?
  var numbers = NumberRules()
  var text = TextRules()
  var fields = FieldRules()
  var items = ItemRules()
  var combined = CombinationRules()
  var notes = Notes()

  struct NumberRules: Sendable {
    var minimum: Value?
    var maximum: Value?
    var exclusiveMinimum: Value?
    var exclusiveMaximum: Value?
    var multipleOf: Value?
  }

  struct TextRules: Sendable {
    var minLength: Int?
    var maxLength: Int?
    var pattern: LinearRegex?
    var format: SchemaFormat?
  }

  struct FieldRules: Sendable {
    var properties: [String: Int] = [:]
    /// The names of `properties`, sorted.
    var names: [String] = []
    var required: [String] = []
    var additional: Int?
    var minProperties: Int?
    var maxProperties: Int?
    /// Sorted by the property that asks for the others.
    var dependentRequired: [(property: String, needs: [String])] = []
  }

  struct ItemRules: Sendable {
    var prefix: [Int] = []
    var rest: Int?
    var contains: Int?
    var minContains: Int?
    var maxContains: Int?
    var minItems: Int?
    var maxItems: Int?
    var unique = false
  }

  struct CombinationRules: Sendable {
    var all: [Int] = []
    var any: [Int] = []
    var one: [Int] = []
    var not: Int?
    var condition: Int?
    var then: Int?
    var otherwise: Int?

    /// Everything here that is about the same value as the schema itself.
    var members: [Int] {
      all + any + one + [not, condition, then, otherwise].compactMap { $0 }
    }
  }

  struct Notes: Sendable {
    var title: String?
    var description: String?
    var fallback: Value?
    var examples: [Value] = []
    var isSensitive = false
    var isReadOnly = false
    var isWriteOnly = false
    var isDeprecated = false
  }
}

/// The types that `type` allows.
struct SchemaTypes: OptionSet, Hashable, Sendable {
  let rawValue: Int

  static let null = SchemaTypes(rawValue: 1)
  static let boolean = SchemaTypes(rawValue: 2)
  static let integer = SchemaTypes(rawValue: 4)
  static let number = SchemaTypes(rawValue: 8)
  static let string = SchemaTypes(rawValue: 16)
  static let array = SchemaTypes(rawValue: 32)
  static let object = SchemaTypes(rawValue: 64)

  static let byName: KeyValuePairs<String, SchemaTypes> = [
    "string": .string, "integer": .integer, "number": .number, "boolean": .boolean, "object": .object,
    "array": .array, "null": .null,
  ]

  /// What people call these types, in a sentence that begins "must be".
  var words: String {
    let names: KeyValuePairs<String, SchemaTypes> = [
      "text": .string, "a whole number": .integer, "a number": .number, "true or false": .boolean,
      "a group of fields": .object, "a list": .array, "empty": .null,
    ]
    return names.filter { contains($0.value) }.map(\.key).joined(separator: " or ")
  }

  /// The types that `value` has; a whole number written as a double is an integer too.
  init(of value: Value) {
    switch value {
    case .null: self = .null
    case .bool: self = .boolean
    case .int, .uint: self = [.integer, .number]
    case .double(let double):
      if !double.isFinite { self = [] } else { self = double == double.rounded() ? [.integer, .number] : .number }
    case .string: self = .string
    case .list: self = .array
    case .map: self = .object
    default: self = []
    }
  }

  init(rawValue: Int) { self.rawValue = rawValue }
}
