import CEL

extension Schema {
  /// The fields of the form that this schema asks for, in the author's order where it is known; none unless it is an
  /// object. Objects nested more than four deep, and what has no field of its own, are asked for as JSON.
  package var formFields: [FormField] {
    var budget = FormField.mostFields
    return FormField.fields(SchemaView(self), prefix: "", depth: 0, budget: &budget)
  }
}

extension FormField {
  static let mostFields = 1_000
  private static let maxDepth = 4
  /// Text that may be longer than this gets a box of several lines.
  private static let lineLength = 200

  static func fields(_ view: SchemaView, prefix: String, depth: Int, budget: inout Int) -> [FormField] {
    var fields: [FormField] = []
    for name in view.fieldNames where budget > 0 {
      budget -= 1
      fields.append(
        field(
          view.field(name), name: prefix + name, label: name, isRequired: view.requires(name), depth: depth,
          budget: &budget))
    }
    return fields
  }

  private static func field(
    _ view: SchemaView, name: String, label: String, isRequired: Bool, depth: Int, budget: inout Int
  ) -> FormField {
    FormField(
      name: name, title: view.title ?? label, help: view.help,
      kind: kind(view, name: name, label: label, depth: depth, budget: &budget), isRequired: isRequired,
      isSensitive: view.isSensitive, isReadOnly: view.isReadOnly, fallback: view.fallback,
      example: view.first(\.notes.examples.first), minimum: view.first(\.numbers.minimum),
      maximum: view.first(\.numbers.maximum), multipleOf: view.first(\.numbers.multipleOf),
      minLength: view.first(\.text.minLength), maxLength: view.first(\.text.maxLength),
      minItems: view.first(\.items.minItems), maxItems: view.first(\.items.maxItems),
      pattern: view.first(\.text.pattern)?.pattern)
  }

  private static func kind(
    _ view: SchemaView, name: String, label: String, depth: Int, budget: inout Int
  ) -> Kind {
    if let choices = view.choices { return .choice(choices) }
    switch view.formTypes?.subtracting(.null) {
    case .boolean: return .boolean
    case .integer: return .integer
    case .number: return .number
    case .string: return textKind(view)
    case .array where depth < maxDepth:
      return listKind(view, name: name, label: label, depth: depth, budget: &budget)
    case .object where depth < maxDepth && !view.fieldNames.isEmpty:
      return .object(fields(view, prefix: name + ".", depth: depth + 1, budget: &budget))
    default: return .json
    }
  }

  private static func textKind(_ view: SchemaView) -> Kind {
    switch view.format {
    case .date: .date
    case .time: .time
    case .dateTime: .dateTime
    case .email: .email
    case .uri: .url
    case .decimal: .decimal
    case .person: .person
    case .file: .file
    case .duration, .uuid: .text
    case nil: view.first(\.text.maxLength) ?? 0 > lineLength ? .longText : .text
    }
  }

  private static func listKind(
    _ view: SchemaView, name: String, label: String, depth: Int, budget: inout Int
  ) -> Kind {
    let item = view.item(view.nodes.map(\.items.prefix.count).max() ?? 0)
    let hasPrefix = view.nodes.contains { !$0.items.prefix.isEmpty }
    guard !hasPrefix, !item.nodes.isEmpty, budget > 0 else { return .json }
    if let choices = item.choices, view.nodes.contains(where: \.items.unique) { return .choices(choices) }
    budget -= 1
    return .list(field(item, name: name, label: label, isRequired: true, depth: depth + 1, budget: &budget))
  }
}
