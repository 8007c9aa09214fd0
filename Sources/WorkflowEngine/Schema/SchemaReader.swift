import CEL

/// Turns a value into the nodes of a schema, collecting every problem on the way.
struct SchemaReader {
  private(set) var nodes: [SchemaNode] = []
  var problems: [SchemaProblem] = []
  /// The node at each place of the document that is a schema.
  var places: [String: Int] = [:]
  var anchors: [String: Int] = [:]
  /// References that wait until every place is known.
  var references: [(node: Int, text: String)] = []

  private static let maxDepth = 64
  private static let maxNodes = 10_000
  private static let maxProblems = 100

  mutating func readRoot(_ value: Value) {
    _ = read(value, at: "", depth: 0)
    resolveReferences()
    if problems.isEmpty { refuseCircles() }
  }

  /// After a hundred problems nobody reads on, and looking for hints takes its time.
  var isFull: Bool { problems.count >= Self.maxProblems }

  mutating func report(_ pointer: String, _ message: String, hint: String? = nil) {
    guard !isFull else { return }
    problems.append(SchemaProblem(pointer: pointer, message: message, hint: hint))
  }

  /// Reads the schema at `pointer` and returns its index.
  mutating func read(_ value: Value, at pointer: String, depth: Int) -> Int {
    let index = nodes.count
    nodes.append(SchemaNode(index: index, pointer: pointer))
    places[pointer] = index
    switch value {
    case .bool(let accepts):
      nodes[index].refusesAll = !accepts
    case .map where depth >= Self.maxDepth:
      report(pointer, "schemas are nested more than \(Self.maxDepth) deep", hint: "name the inner ones in '$defs'")
    case .map where index >= Self.maxNodes:
      if index == Self.maxNodes { report(pointer, "the schema has more than \(Self.maxNodes) parts") }
    case .map(let map):
      let node = readNode(SchemaFields(map: map, pointer: pointer, depth: depth), index: index)
      nodes[index] = node
    default:
      let type = value.text
      let meant = ["yes": "write true", "on": "write true", "no": "write false", "off": "write false"]
      let isType = SchemaTypes.byName.contains { $0.key == type }
      report(
        pointer, "a schema is a map of keywords, or true or false",
        hint: isType ? "write {type: \(type)}" : meant[type])
    }
    return index
  }

  private mutating func readNode(_ fields: SchemaFields, index: Int) -> SchemaNode {
    for (key, _) in fields.map.stringPairs where SchemaKeyword(rawValue: key) == nil && !isFull {
      report(
        JSONPointer.appending(key, to: fields.pointer), "'\(key)' is not a keyword of Writ's schemas",
        hint: SchemaKeyword.hint(for: key))
    }
    var node = SchemaNode(index: index, pointer: fields.pointer)
    node.types = types(fields)
    node.choices = choices(fields)
    node.allowed = Set((node.choices ?? []).map(\.withUnifiedNumbers))
    node.constant = fields[.const]?.withUnifiedNumbers
    node.numbers = numberRules(fields)
    node.text = textRules(fields)
    node.fields = fieldRules(fields)
    node.items = itemRules(fields)
    node.combined = combinationRules(fields)
    node.notes = notes(fields)
    readIdentity(fields, index: index)
    return node
  }

  private mutating func readIdentity(_ fields: SchemaFields, index: Int) {
    _ = children(of: .defs, fields)
    _ = text(.schema, fields)
    _ = text(.comment, fields)
    if let reference = text(.ref, fields) { references.append((index, reference)) }
    if text(.id, fields) != nil, index != 0 {
      report(fields.place(.id), "'$id' is only understood at the top", hint: "use '$defs' and '$ref: \"#/$defs/...\"'")
    }
    if let anchor = text(.anchor, fields), anchors.updateValue(index, forKey: anchor) != nil {
      report(fields.place(.anchor), "the anchor '\(anchor)' is used twice")
    }
  }

  mutating func setReference(of node: Int, to target: Int) {
    nodes[node].reference = target
  }
}

/// The keywords of one schema object, with its place.
struct SchemaFields {
  let map: ValueMap
  let pointer: String
  let depth: Int

  subscript(keyword: SchemaKeyword) -> Value? { map[keyword.rawValue] }

  func place(_ keyword: SchemaKeyword) -> String {
    JSONPointer.appending(keyword.rawValue, to: pointer)
  }
}
