import CEL

/// One run of ``Schema/validate(_:_:)``.
struct SchemaChecker {
  let schema: Schema
  let options: SchemaValidation
  /// Who there is; nil when nobody is to be looked up.
  let people: People?
  /// Nodes that can be reached in several ways: what they say about a place is worked out once.
  private let shared: Set<Int>
  private var known: [Visit: [SchemaViolation]] = [:]
  private var titles: [Int: String?] = [:]
  var namedFields: [Int: NamedFields] = [:]
  private var depth = 0

  static let maxValueDepth = 128
  private static let maxDepth = 400

  init(schema: Schema, options: SchemaValidation, people: People?) {
    self.schema = schema
    self.options = options
    self.people = people
    shared = Set(schema.nodes.compactMap(\.reference))
  }

  /// What is being checked: where it lies, what people call it, and how strictly.
  struct Place: Hashable {
    var pointer: String
    var label: String
    /// Whether unknown fields are refused.
    var isClosed: Bool
    /// Whether this node came to the value first, so that it answers for the value's unknown fields.
    var isEntry = true
  }

  private struct Visit: Hashable {
    let node: Int
    let place: Place
  }

  mutating func check(_ value: Value) -> [SchemaViolation] {
    let label = title(of: 0) ?? "The value"
    return check(value, 0, Place(pointer: "", label: label, isClosed: options.unknownFields == .refused))
  }

  mutating func title(of node: Int?) -> String? {
    guard let node else { return nil }
    if let known = titles[node] { return known }
    let title = SchemaView(schema, [node]).title
    titles[node] = .some(title)
    return title
  }

  mutating func check(_ value: Value, _ index: Int, _ place: Place) -> [SchemaViolation] {
    let visit = shared.contains(index) ? Visit(node: index, place: place) : nil
    if let visit, let violations = known[visit] { return violations }
    guard depth < Self.maxDepth else {
      return [violation(place, "is nested too deeply to be checked", schema.nodes[index])]
    }
    depth += 1
    defer { depth -= 1 }
    let violations = freshCheck(value, schema.nodes[index], place)
    if let visit { known[visit] = violations }
    return violations
  }

  private mutating func freshCheck(_ value: Value, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    if node.refusesAll { return [violation(place, "is not allowed", node)] }
    // Sealed when it was taken in, after it had been checked.
    if value.isSealed { return [] }
    if let wrongType = wrongType(value, node, place) { return [wrongType] }
    var found = choiceViolations(value, node, place)
    switch value {
    case .int, .uint, .double: found += numberViolations(value, node, place)
    case .string(let text): found += textViolations(text, node, place)
    case .list(let list): found += listViolations(list, node, place)
    case .map(let map): found += fieldViolations(map, node, place)
    case .null, .bool: break
    default: found.append(violation(place, "cannot be stored as it is", node))
    }
    found += combinedViolations(value, node, place)
    return firstOfEach(found)
  }

  /// The first violations up to the limit, each once: branches that share a reference say the same things.
  private func firstOfEach(_ found: [SchemaViolation]) -> [SchemaViolation] {
    if found.count < 2 { return found }
    var seen: Set<SchemaViolation> = []
    return Array(found.filter { seen.insert($0).inserted }.prefix(options.limit))
  }

  func violation(
    _ place: Place, _ words: String, _ node: SchemaNode, _ keyword: SchemaKeyword? = nil
  ) -> SchemaViolation {
    let schemaPointer = keyword.map { JSONPointer.appending($0.rawValue, to: node.pointer) } ?? node.pointer
    return SchemaViolation(pointer: place.pointer, message: "\(place.label) \(words)", schemaPointer: schemaPointer)
  }
}
