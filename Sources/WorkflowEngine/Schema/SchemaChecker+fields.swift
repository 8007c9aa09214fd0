import CEL

/// The fields that the nodes about one value name.
struct NamedFields {
  var names: Set<String> = []
  /// Whether a node says itself, with `additionalProperties`, what becomes of the others.
  var isExplicit = false
}

extension SchemaChecker {
  mutating func fieldViolations(_ map: ValueMap, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    var found = missingFields(map, node, place)
    let rules = node.fields
    for name in rules.names {
      guard let value = map[name], let property = rules.properties[name] else { continue }
      found += check(value, property, field(name, property, place))
    }
    if let additional = rules.additional {
      let others = map.stringPairs.filter { rules.properties[$0.0] == nil }
      if schema.nodes[additional].refusesAll {
        let names = Set(rules.names)
        found += others.prefix(Self.mostUnknown).map { unknown($0.0, field($0.0, additional, place), node, names) }
      } else {
        for (name, value) in others { found += check(value, additional, field(name, additional, place)) }
      }
    } else if place.isClosed, place.isEntry {
      found += unknownFields(map, node, place)
    }
    if let least = rules.minProperties, map.count < least {
      found.append(violation(place, "must have at least \(least.counted("field"))", node, .minProperties))
    }
    if let most = rules.maxProperties, map.count > most {
      found.append(violation(place, "must have at most \(most.counted("field"))", node, .maxProperties))
    }
    return found
  }

  private mutating func missingFields(_ map: ValueMap, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    var found: [SchemaViolation] = []
    for name in node.fields.required where map[name] == nil {
      found.append(violation(field(name, node.fields.properties[name], place), "is required", node, .required))
    }
    for (property, needs) in node.fields.dependentRequired where map[property] != nil {
      let given = field(property, node.fields.properties[property], place).label
      for name in needs where map[name] == nil {
        let missing = field(name, node.fields.properties[name], place)
        found.append(violation(missing, "is required when \(given) is given", node, .dependentRequired))
      }
    }
    return found
  }

  private mutating func field(_ name: String, _ node: Int?, _ place: Place) -> Place {
    let label = title(of: node) ?? name
    return Place(pointer: JSONPointer.appending(name, to: place.pointer), label: label, isClosed: place.isClosed)
  }

  /// So many unknown fields of one value are named; each is compared with all that are known.
  private static let mostUnknown = 100

  private mutating func unknownFields(_ map: ValueMap, _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    let named = fieldsNamed(by: node)
    guard !named.isExplicit, !named.names.isEmpty else { return [] }
    return map.stringPairs.filter { !named.names.contains($0.0) }.prefix(Self.mostUnknown).map { name, _ in
      unknown(name, field(name, nil, place), node, named.names)
    }
  }

  private func unknown(_ name: String, _ place: Place, _ node: SchemaNode, _ names: Set<String>) -> SchemaViolation {
    let nearest = Spelling.nearest(to: name, among: names.sorted())
    return SchemaViolation(
      pointer: place.pointer,
      message: "'\(name)' is not a known field" + (nearest.map { ", did you mean '\($0)'?" } ?? ""),
      schemaPointer: JSONPointer.appending(SchemaKeyword.additionalProperties.rawValue, to: node.pointer))
  }

  /// What `node` and every node about the same value name, whichever of its branches a value takes.
  private mutating func fieldsNamed(by node: SchemaNode) -> NamedFields {
    if let known = namedFields[node.index] { return known }
    var named = NamedFields()
    var seen: Set<Int> = []
    var waiting = [node.index]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      let other = schema.nodes[next]
      named.names.formUnion(other.fields.names)
      named.isExplicit = named.isExplicit || other.fields.additional != nil
      waiting += other.combined.members + [other.reference].compactMap { $0 }
    }
    namedFields[node.index] = named
    return named
  }
}
