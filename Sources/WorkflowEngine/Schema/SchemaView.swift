import CEL

/// What a schema says about one value whatever the value is: the nodes at its place with all that they refer to or
/// gather with `allOf`. Branches that depend on the value (`anyOf`, `oneOf`, `if`) are left out.
struct SchemaView {
  let schema: Schema
  let nodes: [SchemaNode]

  init(_ schema: Schema, _ starts: [Int] = [0]) {
    self.schema = schema
    var nodes: [SchemaNode] = []
    var seen: Set<Int> = []
    var waiting = Array(starts.reversed())
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      let node = schema.nodes[next]
      nodes.append(node)
      waiting += node.combined.all.reversed()
      if let reference = node.reference { waiting.append(reference) }
    }
    self.nodes = nodes
  }

  /// The types that a value can have; nil when nothing is said. Read from `enum` and `const` where `type` is absent.
  var types: SchemaTypes? {
    var common: SchemaTypes?
    for node in nodes {
      guard let declared = node.types ?? node.typesOfChoices else { continue }
      let all = declared.contains(.number) ? declared.union(.integer) : declared
      common = common?.intersection(all) ?? all
    }
    guard let common else { return nil }
    return common.contains(.number) ? common.subtracting(.integer) : common
  }

  /// The same for forms, where a schema that names fields or items means an object or a list.
  var formTypes: SchemaTypes? {
    if let types { return types }
    if !fieldNames.isEmpty { return .object }
    if nodes.contains(where: { $0.items.rest != nil || !$0.items.prefix.isEmpty }) { return .array }
    return format == nil ? nil : .string
  }

  var title: String? { first(\.notes.title) }
  var help: String? { first(\.notes.description) }
  var fallback: Value? { first(\.notes.fallback) }
  var format: SchemaFormat? { first(\.text.format) }
  var choices: [Value]? { first(\.choices) }
  var isSensitive: Bool { nodes.contains { $0.notes.isSensitive } }
  var isReadOnly: Bool { nodes.contains { $0.notes.isReadOnly } }

  /// The first that any node says under `key`.
  func first<Found>(_ key: KeyPath<SchemaNode, Found?>) -> Found? {
    for node in nodes { if let found = node[keyPath: key] { return found } }
    return nil
  }

  /// The names of all fields, those of the schema itself first, in the author's order where that is known.
  var fieldNames: [String] {
    var seen: Set<String> = []
    return nodes.flatMap(namesInOrder).filter { seen.insert($0).inserted }
  }

  private func namesInOrder(_ node: SchemaNode) -> [String] {
    let place = JSONPointer.appending(SchemaKeyword.properties.rawValue, to: node.pointer)
    guard let order = schema.propertyOrder[place] else { return node.fields.names }
    let known = order.filter { node.fields.properties[$0] != nil }
    let listed = Set(known)
    return known + node.fields.names.filter { !listed.contains($0) }
  }

  func requires(_ name: String) -> Bool {
    nodes.contains { $0.fields.required.contains(name) }
  }

  /// What is said about the field `name`, be it named or one of the others.
  func field(_ name: String) -> SchemaView {
    SchemaView(schema, nodes.compactMap { $0.fields.properties[name] ?? $0.fields.additional })
  }

  func item(_ index: Int) -> SchemaView {
    SchemaView(
      schema, nodes.compactMap { $0.items.prefix.indices.contains(index) ? $0.items.prefix[index] : $0.items.rest })
  }
}

extension SchemaView {
  /// The names of fields that only branches speak of, sorted.
  var conditionalFieldNames: [String] {
    var seen = Set(nodes.map(\.index))
    var names: Set<String> = []
    var waiting = nodes.flatMap(\.combined.members)
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      let node = schema.nodes[next]
      names.formUnion(node.fields.names)
      waiting += node.combined.members + [node.reference].compactMap { $0 }
    }
    return names.subtracting(fieldNames).sorted()
  }
}

extension SchemaNode {
  /// The types of the values that `enum` or `const` allow.
  var typesOfChoices: SchemaTypes? {
    guard let values = choices ?? constant.map({ [$0] }) else { return nil }
    let types = values.reduce(into: SchemaTypes()) { $0.formUnion(SchemaTypes(of: $1)) }
    let hasFraction = values.contains { SchemaTypes(of: $0) == .number }
    return types.subtracting(hasFraction ? .integer : .number)
  }
}
