package import CEL

/// Schema questions that need more than the value: who exists, and which fields were asked for.
extension Schema {
  /// Everything that does not hold, people of `format: person` included.
  func violations(in value: Value, people: People) -> [SchemaViolation] {
    validate(value) + Self.unknownPeople(in: value, schema: source, people, pointer: "")
  }

  /// The value without the fields that the schema does not name: what a service answered, narrowed to `output:`.
  func narrowed(_ value: Value) -> Value { Self.narrowed(value, source) }

  private static func narrowed(_ value: Value, _ schema: Value) -> Value {
    switch (value, schema["properties"], schema["items"]) {
    case (.map(let fields), .map(let properties)?, _):
      var kept: ValueMap = [:]
      for (name, inner) in properties.stringPairs {
        if let field = fields[name] { kept[name] = narrowed(field, inner) }
      }
      return .map(kept)
    case (.list(let items), _, let inner?): return .list(items.map { narrowed($0, inner) })
    default: return value
    }
  }

  private static func unknownPeople(
    in value: Value, schema: Value, _ people: People, pointer: String
  ) -> [SchemaViolation] {
    switch value {
    case .string(let id) where schema["format"] == "person" && people.people[id] == nil:
      return [
        SchemaViolation(
          pointer: pointer, message: "nobody is called '\(id)' in people.yaml", schemaPointer: "\(pointer)/format")
      ]
    case .map(let fields):
      return fields.stringPairs.flatMap { name, field in
        schema["properties"]?[name].map {
          unknownPeople(in: field, schema: $0, people, pointer: "\(pointer)/\(name)")
        } ?? []
      }
    case .list(let items):
      guard let inner = schema["items"] else { return [] }
      return items.enumerated().flatMap {
        unknownPeople(in: $1, schema: inner, people, pointer: "\(pointer)/\($0)")
      }
    default: return []
    }
  }
}

extension ValueMap {
  /// The entries whose keys are texts: all of them, in stored data.
  package var stringPairs: [(String, Value)] {
    entries.compactMap { entry in entry.key.string.map { ($0, entry.value) } }
  }
}

extension Timestamp {
  /// Later by the duration; held at the ends of the calendar.
  package func adding(_ duration: Duration) -> Timestamp {
    self + duration ?? (duration < .zero ? .earliest : .latest)
  }
}
