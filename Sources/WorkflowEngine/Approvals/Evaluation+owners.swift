import CEL

extension Evaluation {
  /// People whom a selector names together, and the words that say why they are asked. A selector is one group; code
  /// owners are one for each distinct set of owners.
  struct Group {
    var label: String
    var people: [PersonID]
  }

  func groups(of selector: Selector) throws(StepFailure) -> [Group] {
    guard case .codeOwners(let formula) = selector else {
      return [Group(label: selector.description, people: try people(of: selector))]
    }
    var groups: [Group] = []
    for set in try ownerSets(of: formula) {
      let label = "owners \(set.joined(separator: " "))"
      var named: [PersonID] = []
      for person in set.flatMap(context.policy.people(ownedAs:)) where !named.contains(person) { named.append(person) }
      groups.append(Group(label: label, people: named))
    }
    return groups
  }

  /// The distinct owner sets of the paths, in the order of the paths. A path that nobody owns stops the step: what
  /// changes is never approved by those who own something else.
  private func ownerSets(of formula: Formula) throws(StepFailure) -> [[String]] {
    guard let owners = context.policy.people.owners else {
      throw StepFailure(code: "nobody", message: "the repository has no file CODEOWNERS")
    }
    var sets: [[String]] = []
    for path in try paths(of: formula) {
      let found = owners.owners(of: path)
      guard !found.isEmpty else {
        throw StepFailure(code: "nobody", message: "\(owners.file) names no owner of '\(path)'")
      }
      for set in found where !sets.contains(set) { sets.append(set) }
    }
    return sets
  }

  private func paths(of formula: Formula) throws(StepFailure) -> [String] {
    switch try value(of: formula, "codeowners") {
    case .string(let path): return [path]
    case .list(let values):
      let paths = values.compactMap(\.stringValue)
      if paths.count == values.count { return paths }
    default: break
    }
    throw StepFailure(code: "expression", message: "`\(formula.source)` is not a list of paths")
  }
}
