import CEL

extension SchemaReader {
  mutating func types(_ fields: SchemaFields) -> SchemaTypes? {
    guard let value = fields[.type] else { return nil }
    let place = fields.place(.type)
    guard case .list(let list) = value else { return type(value, at: place) }
    if list.isEmpty { report(place, "'type' must name at least one type") }
    var types: SchemaTypes = []
    for (index, item) in list.enumerated() {
      let itemPlace = JSONPointer.appending(index, to: place)
      guard let type = type(item, at: itemPlace) else { continue }
      if !types.insert(type).inserted { report(itemPlace, "this type is listed twice") }
    }
    return types
  }

  private mutating func type(_ value: Value, at pointer: String) -> SchemaTypes? {
    let names = SchemaTypes.byName.map(\.key)
    guard case .string(let name) = value else {
      report(pointer, "'type' must be one of \(names.joined(separator: ", "))", hint: Self.typeHint(value))
      return nil
    }
    if let type = SchemaTypes.byName.first(where: { $0.key == name }) { return type.value }
    let nearest = Spelling.nearest(to: name, among: names) ?? Self.otherNames[name]
    report(
      pointer, "there is no type '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "the types are \(names.joined(separator: ", "))")
    return nil
  }

  private static func typeHint(_ value: Value) -> String? {
    value == .null ? "write \"null\" in quotes" : nil
  }

  private static let otherNames = [
    "int": "integer", "float": "number", "double": "number", "decimal": "string' with 'format: decimal",
    "text": "string", "list": "array", "map": "object", "date": "string' with 'format: date", "bool": "boolean",
  ]

  mutating func choices(_ fields: SchemaFields) -> [Value]? {
    guard let list = list(.enum, fields) else { return nil }
    if list.isEmpty { report(fields.place(.enum), "'enum' must list at least one value") }
    var seen: Set<Value> = []
    for (index, value) in list.enumerated() where !seen.insert(value.withUnifiedNumbers).inserted {
      report(JSONPointer.appending(index, to: fields.place(.enum)), "this value is listed twice")
    }
    return list
  }

  mutating func numberRules(_ fields: SchemaFields) -> SchemaNode.NumberRules {
    var rules = SchemaNode.NumberRules()
    rules.minimum = number(.minimum, fields)
    rules.maximum = number(.maximum, fields)
    rules.exclusiveMinimum = number(.exclusiveMinimum, fields)
    rules.exclusiveMaximum = number(.exclusiveMaximum, fields)
    rules.multipleOf = number(.multipleOf, fields)
    if let step = rules.multipleOf.flatMap({ ExactNumber($0) }), step.isNegative || step.coefficient == 0 {
      report(fields.place(.multipleOf), "'multipleOf' must be more than 0")
    }
    return rules
  }

  mutating func textRules(_ fields: SchemaFields) -> SchemaNode.TextRules {
    var rules = SchemaNode.TextRules()
    rules.minLength = count(.minLength, fields)
    rules.maxLength = count(.maxLength, fields)
    rules.pattern = text(.pattern, fields).flatMap { pattern($0, fields) }
    if let name = text(.format, fields) {
      rules.format = SchemaFormat(rawValue: name)
      if rules.format == nil {
        let names = SchemaFormat.allCases.map(\.rawValue)
        report(
          fields.place(.format), "there is no format '\(name)'",
          hint: Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? "the formats are \(names.joined(separator: ", "))")
      }
    }
    return rules
  }

  private mutating func pattern(_ source: String, _ fields: SchemaFields) -> LinearRegex? {
    do {
      return try LinearRegex(source, dialect: .ecmaScript)
    } catch {
      report(fields.place(.pattern), error.message)
      return nil
    }
  }

  mutating func fieldRules(_ fields: SchemaFields) -> SchemaNode.FieldRules {
    var rules = SchemaNode.FieldRules()
    for (name, node) in children(of: .properties, fields) {
      rules.properties[name] = node
      rules.names.append(name)
    }
    rules.required = names(.required, fields)
    rules.additional = child(.additionalProperties, fields)
    rules.minProperties = count(.minProperties, fields)
    rules.maxProperties = count(.maxProperties, fields)
    for (property, needs) in map(.dependentRequired, fields)?.stringPairs ?? [] {
      let place = JSONPointer.appending(property, to: fields.place(.dependentRequired))
      rules.dependentRequired.append((property, names(needs, at: place)))
    }
    return rules
  }

  mutating func itemRules(_ fields: SchemaFields) -> SchemaNode.ItemRules {
    var rules = SchemaNode.ItemRules()
    rules.prefix = children(.prefixItems, fields)
    rules.rest = child(.items, fields)
    rules.contains = child(.contains, fields)
    rules.minContains = count(.minContains, fields)
    rules.maxContains = count(.maxContains, fields)
    rules.minItems = count(.minItems, fields)
    rules.maxItems = count(.maxItems, fields)
    rules.unique = flag(.uniqueItems, fields)
    return rules
  }

  mutating func combinationRules(_ fields: SchemaFields) -> SchemaNode.CombinationRules {
    var rules = SchemaNode.CombinationRules()
    rules.all = children(.allOf, fields)
    rules.any = children(.anyOf, fields)
    rules.one = children(.oneOf, fields)
    rules.not = child(.not, fields)
    rules.condition = child(.if, fields)
    rules.then = child(.then, fields)
    rules.otherwise = child(.else, fields)
    return rules
  }

  mutating func notes(_ fields: SchemaFields) -> SchemaNode.Notes {
    var notes = SchemaNode.Notes()
    notes.title = text(.title, fields)
    notes.description = text(.description, fields)
    notes.fallback = fields[.default]
    notes.examples = list(.examples, fields) ?? []
    notes.isSensitive = flag(.sensitive, fields)
    notes.isReadOnly = flag(.readOnly, fields)
    notes.isWriteOnly = flag(.writeOnly, fields)
    notes.isDeprecated = flag(.deprecated, fields)
    return notes
  }
}
