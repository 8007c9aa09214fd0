package import CEL

extension Policy {
  /// In `people.yaml` and not revoked.
  package func isActive(_ person: PersonID) -> Bool {
    people.people[person].map { !$0.isRevoked } ?? false
  }

  /// Everybody with the role, in order of handle.
  package func members(of role: RoleID) -> [PersonID] {
    people.people.values.filter { $0.roles.contains(role) && !$0.isRevoked }.map(\.id).sorted()
  }

  /// Who may act for a person who is absent on that day; empty while the person is there.
  package func covers(for person: PersonID, at now: Timestamp) -> [PersonID] {
    guard let absent = people.people[person] else { return [] }
    let today = now.adding(.seconds(zones(settings.timezone)?.offset(at: now) ?? 0)).date
    guard let absence = absent.absences.first(where: { $0.from <= today && today <= $0.to }) else { return [] }
    return (absence.cover.map { [$0] } ?? absent.deputies).filter(isActive)
  }

  /// The person whom an e-mail address or a forge login names.
  package func person(named text: String) -> PersonID? {
    let wanted = text.lowercased()
    return people.people.values
      .filter { !$0.isRevoked && ($0.emails.contains(wanted) || $0.logins.contains(wanted)) }
      .map(\.id).min()
  }
}
