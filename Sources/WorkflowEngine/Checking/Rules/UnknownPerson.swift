extension Rule {
  static let unknownPerson = Rule(
    "W301", .error, "person that people.yaml does not know",
    why: "`person:` names somebody by the handle of `people.yaml`. Somebody whose entry is revoked holds no authority.",
    wrong: """
      approvers: [person:myia]
      """,
    right: """
      approvers: [person:maya]
      """
  ) { subject in
    let known = subject.people.people.keys.sorted()
    return subject.selectors.compactMap { place in
      guard case .person(let name) = place.innermost else { return nil }
      guard let person = subject.people.people[name] else {
        return Remark(
          "nobody is called '\(name)' in people.yaml", at: place.path,
          hint: Spelling.nearest(to: name, among: known).map { "did you mean 'person:\($0)'?" })
      }
      return person.isRevoked ? Remark("'\(name)' is revoked in people.yaml", at: place.path) : nil
    }
  }
}
