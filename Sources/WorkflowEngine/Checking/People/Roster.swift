/// Who the selectors of a workflow can mean, as far as `people.yaml` alone says.
struct Roster: Sendable {
  private let people: People
  private let owner: Selector?
  /// Active people by role.
  private let members: [RoleID: [PersonID]]
  /// Who may start the workflow, in order of handle.
  private(set) var starters: [PersonID] = []

  init(of workflow: Workflow, _ people: People) {
    self.people = people
    owner = workflow.owner
    var members: [RoleID: [PersonID]] = [:]
    for person in people.people.values where !person.isRevoked {
      for role in person.roles { members[role, default: []].append(person.id) }
    }
    self.members = members
    let allowed = workflow.access.start.filter { !$0.dependsOnInitiator }
    starters = resolve(allowed, initiator: nil)?.sorted() ?? []
  }

  func isActive(_ person: PersonID) -> Bool { people.people[person].map { !$0.isRevoked } ?? false }

  func members(of role: RoleID) -> [PersonID] { members[role] ?? [] }

  func manager(of person: PersonID) -> PersonID? { people.people[person]?.manager }

  /// The active people whom all selectors together name, if that person starts the instance; `nil` where only a running
  /// instance knows.
  func resolve(_ selectors: [Selector], initiator: PersonID?) -> Set<PersonID>? {
    var all: Set<PersonID> = []
    for selector in selectors {
      guard let some = resolve(selector, initiator: initiator) else { return nil }
      all.formUnion(some.lazy.filter(isActive))
    }
    return all
  }

  private func resolve(_ selector: Selector, initiator: PersonID?) -> [PersonID]? {
    var managers = 0
    var inner = selector
    while case .managerOf(let next) = inner {
      managers += 1
      inner = next
    }
    if case .owner = inner {
      guard let owner, owner != .owner else { return [] }
      inner = owner
    }
    var named: [PersonID]
    switch inner {
    case .person(let id): named = [id]
    case .role(let role): named = members(of: role)
    case .initiator:
      guard let initiator else { return nil }
      named = [initiator]
    case .owner: named = []
    case .managerOf, .doneBy, .formula, .codeOwners: return nil
    }
    for _ in 0..<managers { named = named.compactMap(manager) }
    return named
  }
}

extension Selector {
  /// Whether whom it names depends on who started the instance.
  var dependsOnInitiator: Bool {
    switch self {
    case .initiator: true
    case .managerOf(let inner): inner.dependsOnInitiator
    default: false
    }
  }
}

extension [PersonID] {
  /// `maya`, `maya and tomas`, `maya, tomas and 3 more`.
  var listed: String {
    switch count {
    case 0: "nobody"
    case 1: self[0]
    case 2...4: dropLast().joined(separator: ", ") + " and " + self[count - 1]
    default: prefix(3).joined(separator: ", ") + " and \(count - 3) more"
    }
  }
}
