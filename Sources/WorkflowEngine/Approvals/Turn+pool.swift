package import CEL

/// A person and the selectors that named them.
struct Selected {
  var person: PersonID
  var because: [String]
}

extension Turn {
  /// Everybody whom the selectors name now, in the order in which they are named.
  func resolve(_ selectors: [Selector], _ evaluation: Evaluation) throws(StepFailure) -> [Selected] {
    var selected: [Selected] = []
    for selector in selectors {
      for group in try evaluation.groups(of: selector) {
        for person in group.people where context.policy.isActive(person) {
          if let index = selected.firstIndex(where: { $0.person == person }) {
            selected[index].because.append(group.label)
          } else {
            selected.append(Selected(person: person, because: [group.label]))
          }
        }
      }
    }
    return selected
  }

  /// Persons selected minus persons excluded, with reasons: the separation of duties, in one place for every door.
  func pool(
    of level: ApprovalStep.Level, earlier: [Decision], _ evaluation: Evaluation
  ) throws(StepFailure) -> (pool: [Seat], excluded: [Exclusion]) {
    var reasons: [PersonID: String] = [:]
    for selected in try resolve(level.exclude, evaluation) {
      reasons[selected.person] = "excluded by \(selected.because.joined(separator: ", "))"
    }
    if !level.separation.allowsEarlierLevels {
      for decision in earlier {
        for person in [decision.by, decision.actingFor].compactMap({ $0 }) {
          reasons[person] = "decided on the level '\(decision.level)'"
        }
      }
    }
    if let about = level.about {
      guard case .string(let person) = try evaluation.value(of: about, "about") else {
        // Keeping nobody out because nobody can be made out would be the wrong way round.
        throw StepFailure(code: "expression", message: "about: `\(about.source)` names no person")
      }
      reasons[person] = "the decision is about this person"
    }
    for person in state.about { reasons[person] = "what called \(state.id) is about this person" }
    if !level.separation.allowsInitiator { reasons[state.initiator] = "started \(state.id)" }
    let selected = try resolve(level.approvers, evaluation)
    return (
      selected.filter { reasons[$0.person] == nil }.map { Seat(person: $0.person, because: $0.because) },
      reasons.sorted { $0.key < $1.key }.map { Exclusion(person: $0.key, because: $0.value) }
    )
  }
}
