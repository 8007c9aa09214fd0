import CEL

extension SchemaChecker {
  mutating func listViolations(_ list: [Value], _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    let rules = node.items
    var found: [SchemaViolation] = []
    if let least = rules.minItems, list.count < least {
      found.append(violation(place, "must have at least \(least.counted("item"))", node, .minItems))
    }
    if let most = rules.maxItems, list.count > most {
      found.append(violation(place, "must have at most \(most.counted("item"))", node, .maxItems))
    }
    found += itemViolations(list, node, place)
    found += containsViolations(list, node, place)
    if rules.unique { found += repeatedItems(list, node, place) }
    return found
  }

  private mutating func itemViolations(_ list: [Value], _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    let prefix = node.items.prefix
    if let rest = node.items.rest, schema.nodes[rest].refusesAll, list.count > prefix.count {
      return itemViolations(Array(list.prefix(prefix.count)), node, place)
        + [violation(place, "must have at most \(prefix.count.counted("item"))", node, .items)]
    }
    var found: [SchemaViolation] = []
    for (index, value) in list.enumerated() where found.count < options.limit {
      guard let item = index < prefix.count ? prefix[index] : node.items.rest else { break }
      found += check(value, item, itemPlace(index, place))
    }
    return found
  }

  private func itemPlace(_ index: Int, _ place: Place) -> Place {
    Place(
      pointer: JSONPointer.appending(index, to: place.pointer), label: "Item \(index + 1) of \(place.label)",
      isClosed: place.isClosed)
  }

  private mutating func containsViolations(_ list: [Value], _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    guard let contains = node.items.contains else { return [] }
    var fitting = 0
    for (index, value) in list.enumerated() where check(value, contains, itemPlace(index, place)).isEmpty {
      fitting += 1
    }
    let least = node.items.minContains ?? 1
    if fitting < least {
      let keyword = node.items.minContains == nil ? SchemaKeyword.contains : .minContains
      return [violation(place, "must have at least \(least.counted("item")) of the kind asked for", node, keyword)]
    }
    if let most = node.items.maxContains, fitting > most {
      return [violation(place, "must have at most \(most.counted("item")) of the kind asked for", node, .maxContains)]
    }
    return []
  }

  private func repeatedItems(_ list: [Value], _ node: SchemaNode, _ place: Place) -> [SchemaViolation] {
    var first: [Value: Int] = [:]
    for (index, value) in list.enumerated() {
      let key = value.withUnifiedNumbers
      if let earlier = first[key] {
        return [violation(itemPlace(index, place), "repeats item \(earlier + 1)", node, .uniqueItems)]
      }
      first[key] = index
    }
    return []
  }
}
