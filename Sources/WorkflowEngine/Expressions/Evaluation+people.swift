package import CEL

extension Evaluation {
  /// The people whom a selector names now, in order; whether they are active is the caller's question.
  func people(of selector: Selector) throws(StepFailure) -> [PersonID] {
    let policy = context.policy
    switch selector {
    case .person(let id): return [id]
    case .role(let role): return policy.members(of: role)
    case .initiator: return instance.map { [$0.initiator] } ?? []
    case .owner:
      guard let owner = context.definition.workflow.owner, owner != .owner else { return [] }
      return try people(of: owner)
    case .managerOf(let inner):
      return try people(of: inner).compactMap { policy.people.people[$0]?.manager }
    case .doneBy(let step): return instance?.doers(of: context.definition.workflow.step(step)) ?? []
    case .formula(let formula):
      switch try value(of: formula, "approvers") {
      case .string(let id): return [id]
      case .list(let values): return values.compactMap(\.stringValue)
      default: throw StepFailure(code: "expression", message: "`\(formula.source)` is not a list of people")
      }
    case .codeOwners: return try groups(of: selector).flatMap(\.people)
    }
  }
}
