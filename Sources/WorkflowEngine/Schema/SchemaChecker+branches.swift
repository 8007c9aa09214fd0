import CEL

extension SchemaChecker {
  mutating func combinedViolations(_ value: Value, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    var inner = place
    inner.isEntry = false
    var found: [SchemaViolation] = []
    if let reference = node.reference { found += check(value, reference, inner) }
    for member in node.combined.all { found += check(value, member, inner) }
    found += anyViolations(value, node, inner)
    found += oneViolations(value, node, inner)
    found += conditionViolations(value, node, inner)
    if let not = node.combined.not, fits(value, not, inner) {
      found.append(violation(place, "has a form that is not allowed", node, .not))
    }
    return found
  }

  /// Whether a condition holds; unknown fields do not count there, or `not` would turn them round.
  private mutating func fits(_ value: Value, _ condition: Int, _ place: Place) -> Bool {
    var open = place
    open.isClosed = false
    return check(value, condition, open).isEmpty
  }

  private mutating func anyViolations(_ value: Value, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    let branches = node.combined.any
    if branches.isEmpty { return [] }
    var failures: [(branch: Int, violations: [SchemaViolation])] = []
    for branch in branches {
      let violations = check(value, branch, place)
      if violations.isEmpty { return [] }
      failures.append((branch, violations))
    }
    return closest(failures, value) ?? [violation(place, "has none of the allowed forms", node, .anyOf)]
  }

  private mutating func oneViolations(_ value: Value, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    let branches = node.combined.one
    if branches.isEmpty { return [] }
    let results = branches.map { ($0, check(value, $0, place)) }
    switch results.count(where: { $0.1.isEmpty }) {
    case 1: return []
    case 0: return closest(results, value) ?? [violation(place, "has none of the allowed forms", node, .oneOf)]
    default: return [violation(place, "has more than one of the forms of which it may have one", node, .oneOf)]
    }
  }

  /// What the one branch says that is about values of this type; nil when there are several or none.
  private func closest(_ failures: [(branch: Int, violations: [SchemaViolation])], _ value: Value) -> [SchemaViolation]?
  {
    let types = SchemaTypes(of: value)
    let candidates = failures.filter { failure in
      let declared = SchemaView(schema, [failure.branch]).nodes.compactMap(\.types)
      return declared.allSatisfy { !$0.isDisjoint(with: types) } && !schema.nodes[failure.branch].refusesAll
    }
    return candidates.count == 1 ? candidates[0].violations : nil
  }

  private mutating func conditionViolations(_ value: Value, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    guard let condition = node.combined.condition else { return [] }
    let branch = fits(value, condition, place) ? node.combined.then : node.combined.otherwise
    return branch.map { check(value, $0, place) } ?? []
  }
}
