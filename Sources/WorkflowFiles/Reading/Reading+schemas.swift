import CEL
import WorkflowEngine

extension Reading {
  /// A JSON Schema; what is wrong with it is shown at the line it is about.
  func schema(_ node: YAMLNode) -> Schema? {
    guard !isFull else { return nil }
    guard node.entries != nil || node.text == "true" || node.text == "false" else {
      reportShape("a JSON Schema", at: node)
      return nil
    }
    do {
      let schema = try Schema(schemaValue(node), propertyOrder: Self.propertyOrder(node))
      report(schema.contradictions, in: node)
      return schema
    } catch {
      report(error.problems, in: node)
      return nil
    }
  }

  /// A schema of what people fill in or send: names and values, whatever else it says.
  func form(_ node: YAMLNode) -> Schema? {
    let before = findings.count
    guard let schema = schema(node) else { return nil }
    if !schema.describesFields, findings.count == before {
      report(
        .schema, "people fill in fields, so this is a group of fields", at: node["type"] ?? node,
        hint: "write type: object, with each field under 'properties'")
    }
    return schema
  }

  private func report(_ problems: [SchemaProblem], in root: YAMLNode) {
    for problem in problems where !isFull {
      let (key, place, _) = root.follow(Self.path(problem.pointer, in: root))
      report(.schema, problem.message, at: place.isEmpty ? key ?? place : place, hint: problem.hint)
    }
  }

  /// The author's order of keys, by RFC 6901 pointer: forms show fields in it.
  private static func propertyOrder(_ root: YAMLNode) -> [String: [String]] {
    var order: [String: [String]] = [:]
    var open = [(node: root, pointer: "")]
    while let (node, pointer) = open.popLast() {
      switch node.kind {
      case .scalar: break
      case .sequence(let items):
        open += items.enumerated().map { ($1, "\(pointer)/\($0)") }
      case .mapping(let entries):
        if pointer.hasSuffix("/properties") { order[pointer] = entries.map(\.name) }
        open += entries.map { ($0.value, "\(pointer)/\(escaped($0.name))") }
      }
    }
    return order
  }

  private static func escaped(_ token: String) -> String {
    guard token.contains("~") || token.contains("/") else { return token }
    return token.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
  }

  private static func path(_ pointer: String, in root: YAMLNode) -> [PathElement] {
    var node: YAMLNode? = root
    var path: [PathElement] = []
    for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = unescaped(token)
      if let items = node?.items, let index = Int(name) {
        path.append(.index(index))
        node = items.indices.contains(index) ? items[index] : nil
      } else {
        path.append(.key(name))
        node = node?[name]
      }
    }
    return path
  }

  private static func unescaped(_ token: Substring) -> String {
    token.split(separator: "~1", omittingEmptySubsequences: false)
      .map { $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~") }.joined(separator: "/")
  }
}

// MARK: Scalars inside a schema

/// Inside a schema too a scalar is read as what its key wants: a title is text whatever it says, and so is the default
/// of a field whose type is text.
extension Reading {
  private static let texts: Set = [
    "title", "description", "pattern", "format", "type", "required", "$ref", "$id", "$anchor", "$comment", "$schema",
  ]
  private static let schemas: Set = [
    "items", "additionalProperties", "contains", "not", "if", "then", "else", "allOf", "anyOf", "oneOf", "prefixItems",
  ]

  private func schemaValue(_ node: YAMLNode) -> Value {
    switch node.kind {
    case .scalar: value(node)
    case .sequence(let items): .list(items.map(schemaValue))
    case .mapping(let entries): .map(ValueMap(entries.map { ($0.name, keyword($0.name, $0.value, of: node)) }))
    }
  }

  private func keyword(_ name: String, _ node: YAMLNode, of schema: YAMLNode) -> Value {
    switch name {
    case _ where Self.texts.contains(name): text(node)
    case _ where Self.schemas.contains(name): schemaValue(node)
    case "properties", "$defs": members(of: node, schemaValue)
    case "dependentRequired": members(of: node, text)
    case "default", "const": value(node, as: schema)
    case "enum", "examples": .list(items: node) { value($0, as: schema) } ?? value(node)
    default: value(node)
    }
  }

  private func members(of node: YAMLNode, _ read: (YAMLNode) -> Value) -> Value {
    guard let entries = node.entries else { return value(node) }
    return .map(ValueMap(entries.map { ($0.name, read($0.value)) }))
  }

  /// A scalar, or a list of them, as the text that was typed.
  private func text(_ node: YAMLNode) -> Value {
    if let text = node.text, !text.isEmpty { return .string(text) }
    return .list(items: node, text) ?? value(node)
  }

  private func value(_ node: YAMLNode, as schema: YAMLNode) -> Value {
    switch node.kind {
    case .scalar: schema["type"]?.text == "string" ? text(node) : value(node)
    case .sequence: .list(items: node) { value($0, as: schema["items"] ?? $0) } ?? value(node)
    case .mapping(let entries):
      .map(ValueMap(entries.map { ($0.name, value($0.value, as: schema["properties"]?[$0.name] ?? $0.value)) }))
    }
  }
}

extension Value {
  fileprivate static func list(items node: YAMLNode, _ read: (YAMLNode) -> Value) -> Value? {
    node.items.map { .list($0.map(read)) }
  }
}
