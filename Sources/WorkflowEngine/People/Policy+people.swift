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

  /// Those who are absent on that day and for whom the person may act.
  package func absentees(coveredBy person: PersonID, at now: Timestamp) -> [PersonID] {
    people.people.keys.filter { covers(for: $0, at: now).contains(person) }.sorted()
  }

  /// Whether the visit is in the person's inbox now.
  package func asks(_ person: PersonID, in visit: Visit, at now: Timestamp) -> Bool {
    visit.asked.contains(person) || covers(person, in: visit, at: now)
      || !questions(to: person, in: visit, at: now).isEmpty
  }

  /// Whether the person may decide now in the place of somebody who is absent.
  package func covers(_ person: PersonID, in visit: Visit, at now: Timestamp) -> Bool {
    guard visit.incident == nil, case .approval(let open) = visit.work,
      !open.decisions.contains(where: { $0.by == person }), !open.excluded.contains(where: { $0.person == person }),
      let seat = coveredSeat(of: person, in: open, at: now)
    else { return false }
    return !open.decisions.contains { $0.seat == seat.person }
  }

  /// The seat of somebody absent that the person may use, an unused one first.
  package func coveredSeat(of person: PersonID, in open: OpenApproval, at now: Timestamp) -> Seat? {
    guard open.rule.delegates != .none else { return nil }
    let covered = open.pool.filter { $0.lentTo.isEmpty && covers(for: $0.person, at: now).contains(person) }
    return covered.first { seat in !open.decisions.contains { $0.seat == seat.person } } ?? covered.first
  }

  /// The person whom an e-mail address or a forge login names.
  package func person(named text: String) -> PersonID? {
    let wanted = text.lowercased()
    return people.people.values
      .filter { !$0.isRevoked && ($0.emails.contains(wanted) || $0.logins.contains(wanted)) }
      .map(\.id).min()
  }
}
