import CEL

extension Schema {
  /// What a schema says against itself: a default, an example or a choice that it refuses, a required field that it has no
  /// place for, limits that nothing keeps, and keywords about another type. JSON Schema allows them; nobody means them.
  package var contradictions: [SchemaProblem] {
    (refusedValues + requiredWithoutPlace + nodes.flatMap(\.idleKeywords)).sorted()
  }

  // MARK: Values

  /// Visits of nodes that looking at an author's own values may take; what is beyond is met by whoever starts.
  private static let budget = 20_000

  private var refusedValues: [SchemaProblem] {
    var problems: [SchemaProblem] = []
    var left = Self.budget
    for (value, node, pointer, label) in ownValues {
      left -= nodes[node].isLeaf ? 1 : nodes.count
      guard left > 0 else { break }
      var checker = SchemaChecker(schema: self, options: SchemaValidation(limit: 1), people: nil)
      let place = SchemaChecker.Place(pointer: pointer, label: label, isClosed: true)
      guard !value.isDeeper(than: SchemaChecker.maxValueDepth), let violation = checker.check(value, node, place).first
      else { continue }
      problems.append(SchemaProblem(pointer: pointer, message: violation.message, hint: nil))
    }
    return problems
  }

  private var ownValues: [(value: Value, node: Int, pointer: String, label: String)] {
    nodes.flatMap { node -> [(Value, Int, String, String)] in
      let place = { (keyword: SchemaKeyword) in JSONPointer.appending(keyword.rawValue, to: node.pointer) }
      let listed = { (values: [Value], keyword: SchemaKeyword, label: String) in
        values.enumerated().map { ($1, node.index, JSONPointer.appending($0, to: place(keyword)), label) }
      }
      return (node.notes.fallback.map { [($0, node.index, place(.default), "the default")] } ?? [])
        + (node.constant.map { [($0, node.index, place(.const), "the value of 'const'")] } ?? [])
        + listed(node.choices ?? [], .enum, "this choice") + listed(node.notes.examples, .examples, "this example")
    }
  }

  // MARK: Required fields

  private var requiredWithoutPlace: [SchemaProblem] {
    let members = Set(nodes.flatMap(\.combined.members))
    let shared = Set(members.compactMap { nodes[$0].reference })
    var left = Self.budget
    return nodes.filter { !members.contains($0.index) && !shared.contains($0.index) }.flatMap { entry in
      let asserted = closure(of: entry, through: \.asserted, &left)
      guard asserted.contains(where: { !$0.fields.required.isEmpty }) else { return [SchemaProblem]() }
      let all = closure(of: entry, through: \.all, &left)
      let names = Set(all.flatMap(\.fields.names))
      guard left > 0, !names.isEmpty, all.allSatisfy({ $0.fields.additional == nil }) else { return [SchemaProblem]() }
      return asserted.flatMap { node in
        node.fields.required.enumerated().filter { !names.contains($1) }.map { index, name in
          let place = JSONPointer.appending(SchemaKeyword.required.rawValue, to: node.pointer)
          return SchemaProblem(
            pointer: JSONPointer.appending(index, to: place), message: "no field is named '\(name)'",
            hint: Spelling.nearest(to: name, among: names.sorted()).map { "did you mean '\($0)'?" }
              ?? "describe it under 'properties'")
        }
      }
    }
  }

  /// The node with everything that is about the same value.
  private func closure(
    of entry: SchemaNode, through members: KeyPath<Relations, [Int]>, _ left: inout Int
  ) -> [SchemaNode] {
    var seen: Set<Int> = []
    var waiting = [entry.index]
    var found: [SchemaNode] = []
    while left > 0, let next = waiting.popLast() {
      left -= 1
      guard seen.insert(next).inserted else { continue }
      found.append(nodes[next])
      waiting += Relations(node: nodes[next])[keyPath: members]
    }
    return found
  }

  private struct Relations {
    let node: SchemaNode
    var all: [Int] { node.combined.members + (node.reference.map { [$0] } ?? []) }
    /// Without what is negated, and without what is shared with others.
    var asserted: [Int] { node.combined.members.filter { $0 != node.combined.not } }
  }
}

extension SchemaNode {
  /// Whether a value is judged by this node alone.
  fileprivate var isLeaf: Bool {
    reference == nil && combined.members.isEmpty && fields.names.isEmpty && fields.additional == nil
      && items.prefix.isEmpty && items.rest == nil && items.contains == nil
  }
}
