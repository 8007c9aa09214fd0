package import CEL

/// Whether a change of `people.yaml` only takes authority away: such a change waits for nothing.
extension People {
  /// Gives nobody anything that `earlier` does not give them, and takes something away.
  package func onlyTakesAuthority(from earlier: People) -> Bool {
    calendars == earlier.calendars && givesNoMore(than: earlier) && !earlier.givesNoMore(than: self)
  }

  private func givesNoMore(than other: People) -> Bool {
    people.values.allSatisfy { person in
      other.people[person.id].map { person.mayNoMore(than: $0) } ?? person.isRevoked
    } && forges.allSatisfy { name, keys in keys.signNoMore(than: other.forges[name] ?? []) }
  }
}

extension Person {
  /// Whatever names, represents or proves the person, and whoever acts in their place.
  fileprivate func mayNoMore(than other: Person) -> Bool {
    if isRevoked { return true }
    return !other.isRevoked && Set(roles).isSubset(of: other.roles) && Set(emails).isSubset(of: other.emails)
      && Set(logins).isSubset(of: other.logins) && (manager == nil || manager == other.manager)
      && Set(deputies).isSubset(of: other.deputies) && Set(absences).isSubset(of: other.absences)
      && keys.signNoMore(than: other.keys)
  }
}

extension [SigningKey] {
  fileprivate func signNoMore(than others: [SigningKey]) -> Bool {
    allSatisfy { key in key.isRevoked || others.contains { key.signsNoMore(than: $0) } }
  }
}

extension SigningKey {
  fileprivate func signsNoMore(than other: SigningKey) -> Bool {
    text == other.text && !other.isRevoked && (other.from.map { first in from.map { $0 >= first } ?? false } ?? true)
      && (other.until.map { last in until.map { $0 <= last } ?? false } ?? true)
  }
}
