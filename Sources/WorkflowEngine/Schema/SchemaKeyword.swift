/// The keywords of the subset.
enum SchemaKeyword: String, CaseIterable {
  case type, `enum`, const
  case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
  case minLength, maxLength, pattern, format
  case properties, required, additionalProperties, minProperties, maxProperties, dependentRequired
  case items, prefixItems, contains, minContains, maxContains, minItems, maxItems, uniqueItems
  case allOf, anyOf, oneOf, not, `if`, then, `else`
  case defs = "$defs"
  case ref = "$ref"
  case anchor = "$anchor"
  case id = "$id"
  case schema = "$schema"
  case comment = "$comment"
  case title, description, `default`, examples, readOnly, writeOnly, deprecated
  /// Writ's own: the field is encrypted and hidden.
  case sensitive

  /// What to write instead of keywords that other versions and dialects have.
  static let instead: [String: String] = [
    "patternProperties": "list the fields under 'properties', or describe them all with 'additionalProperties'",
    "propertyNames": "list the fields under 'properties' and set 'additionalProperties: false'",
    "dependentSchemas": "use 'dependentRequired', or 'if' with 'then'",
    "dependencies": "use 'dependentRequired'",
    "unevaluatedProperties": "use 'additionalProperties'",
    "unevaluatedItems": "use 'items'",
    "additionalItems": "use 'prefixItems' with 'items'",
    "definitions": "use '$defs'",
    "id": "use '$id'",
    "nullable": "use 'type: [..., \"null\"]'",
    "$dynamicRef": "use '$ref'",
    "$recursiveRef": "use '$ref'",
    "$dynamicAnchor": "use '$anchor'",
    "$recursiveAnchor": "use '$anchor'",
    "contentEncoding": "use 'format: file' for attachments",
    "contentMediaType": "use 'format: file' for attachments",
    "contentSchema": "use 'format: file' for attachments",
    "$vocabulary": "leave it out",
  ]

  static func hint(for unknown: String) -> String? {
    if let instead = instead[unknown] { return instead }
    return Spelling.nearest(to: unknown, among: allCases.map(\.rawValue)).map { "did you mean '\($0)'?" }
  }
}
