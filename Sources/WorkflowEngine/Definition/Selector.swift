package import CEL

/// Names people without naming them: resolved against `people.yaml` when a command is taken.
package indirect enum Selector: Sendable, Hashable {
  case person(PersonID)
  case role(RoleID)
  case initiator
  case managerOf(Selector)
  case owner
  /// Who did the step last.
  case doneBy(StepID)
  /// A CEL list of people.
  case formula(Formula)
  /// The code owners of a CEL list of paths.
  case codeOwners(Formula)
}

extension Selector: CustomStringConvertible {
  /// As a file spells it.
  package var description: String {
    switch self {
    case .person(let id): "person:\(id)"
    case .role(let id): "role:\(id)"
    case .initiator: "initiator"
    case .managerOf(let inner): "manager-of:\(inner)"
    case .owner: "owner"
    case .doneBy(let step): "done-by:\(step)"
    case .formula(let formula): "{expr: \(formula.source)}"
    case .codeOwners(let formula): "{codeowners: \(formula.source)}"
    }
  }
}
