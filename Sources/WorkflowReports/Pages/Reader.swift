package import CEL
package import WorkflowEngine

/// Who reads a page, and when: names and times are told from this point of view.
package struct Reader: Sendable {
  /// Title of the repository: `writ.yaml`'s `title`.
  package var site: String
  /// `nil`: somebody whom `people.yaml` does not know.
  package var person: PersonID?
  package var people: People
  package var now: Timestamp
  package var zone: ZoneRules
  /// `Europe/Berlin`, as the settings spell it.
  package var zoneName: String
  /// How many things wait for the reader.
  package var waiting: Int
  /// Whether the page is kept: then every date has its year.
  var isOnPaper = false

  package init(
    site: String, person: PersonID?, people: People, now: Timestamp, zone: ZoneRules, zoneName: String, waiting: Int
  ) {
    self.site = site
    self.person = person
    self.people = people
    self.now = now
    self.zone = zone
    self.zoneName = zoneName
    self.waiting = waiting
  }

  /// What holds for people today, as far as pages need it.
  var policy: Policy {
    var settings = Settings()
    settings.timezone = zoneName
    return Policy(people: people, settings: settings, zones: { [zone] _ in zone })
  }

  /// Whether somebody decides here today for a person who is absent.
  func covers(_ person: PersonID, in visit: Visit) -> Bool { policy.covers(person, in: visit, at: now) }

  /// What people call somebody: `Alice Arden`; `Writ` for its own parts.
  package func name(of person: PersonID) -> String {
    if person.hasPrefix("system:") { return "Writ" }
    return people.people[person]?.name ?? person
  }

  /// The same, but `you` for the reader.
  package func you(_ person: PersonID) -> String {
    person == self.person ? "you" : name(of: person)
  }

  /// `Alice Arden, Bob Breen and 3 others`.
  package func names(of persons: [PersonID], most: Int = 3) -> String {
    let named = persons.count > most + 1 ? Array(persons.prefix(most)) : persons
    let rest = persons.count - named.count
    return named.map(you).listed(rest == 0 ? nil : "\(rest) others")
  }
}

extension [String] {
  /// `a`, `a and b`, `a, b and c`.
  func listed(_ last: String? = nil, _ conjunction: String = "and") -> String {
    let all = self + (last.map { [$0] } ?? [])
    guard all.count > 1, let end = all.last else { return all.first ?? "" }
    return all.dropLast().joined(separator: ", ") + " \(conjunction) " + end
  }
}
