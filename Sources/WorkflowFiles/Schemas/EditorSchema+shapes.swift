extension EditorSchema.Definitions {
  /// What a key takes. A scalar keeps its text and is typed by its key, so a text may look like a number to an editor.
  mutating func shape(of kind: KeyTable.Kind) -> JSONText {
    switch kind {
    case .text, .expression, .template: Self.scalar
    case .flag: Self.type("boolean")
    case .integer(let range):
      .object([
        ("type", "integer"), ("minimum", .int(range.lowerBound)), ("maximum", .int(range.upperBound)),
      ])
    case .number: Self.type("number")
    case .words(let words):
      .object([("enum", .list(words.map(JSONText.string) + words.compactMap { Int($0).map(JSONText.int) }))])
    case .id, .step: Self.pattern("^[a-z][a-z0-9_]*$")
    case .name: Self.pattern("^[a-z0-9][a-z0-9._-]{0,63}$")
    case .date: Self.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    case .timeOfDay: Self.pattern("^[0-9]{2}:[0-9]{2}$")
    case .timeSpan, .elapsed: Self.type("string")
    case .selector: Self.selector
    case .selectors: Self.array(of: Self.selector)
    case .assignments: Self.mapping(to: Self.scalar)
    case .schema: .object([("type", .list(["object", "boolean"]))])
    case .parameters, .value: .object([])
    case .targets: Self.any([Self.step, Self.mapping(to: Self.step)])
    case .object(let table): reference(to: table)
    case .list(let item): Self.array(of: shape(of: item))
    case .map(let value): Self.mapping(to: shape(of: value))
    case .oneOf(let kinds): byType(kinds) ?? Self.any(kinds.map { shape(of: $0) })
    }
  }

  /// Steps: one branch for each `type`, so that an editor offers the keys of that type alone.
  private mutating func byType(_ kinds: [KeyTable.Kind]) -> JSONText? {
    let steps = StepKeys.all
    guard kinds.count == steps.count else { return nil }
    let branches = steps.map { type, table in
      JSONText.object([
        ("if", .object([("properties", .object([("type", .object([("const", .string(type))]))]))])),
        ("then", reference(to: table)),
      ])
    }
    return .object([("type", "object"), ("required", .list(["type"])), ("allOf", .list(branches))])
  }

  private static func array(of item: JSONText) -> JSONText { .object([("type", "array"), ("items", item)]) }

  private static func mapping(to value: JSONText) -> JSONText {
    .object([("type", "object"), ("additionalProperties", value)])
  }

  private static let scalar = JSONText.object([("type", .list(["string", "number", "boolean"]))])
  private static let step = pattern("^[a-z][a-z0-9_]*$")
  private static let selector = any([
    type("string"),
    .object([
      ("type", "object"), ("additionalProperties", .bool(false)),
      ("properties", .object([("expr", scalar), ("codeowners", scalar)])),
    ]),
  ])

  private static func type(_ name: String) -> JSONText { .object([("type", .string(name))]) }
  private static func pattern(_ text: String) -> JSONText {
    .object([("type", "string"), ("pattern", .string(text))])
  }
  private static func any(_ shapes: [JSONText]) -> JSONText { .object([("anyOf", .list(shapes))]) }
}
