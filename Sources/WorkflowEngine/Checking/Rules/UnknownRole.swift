extension Rule {
  static let unknownRole = Rule(
    "W302", .error, "role that people.yaml does not have",
    why: "`role:` names everybody who holds a role of `people.yaml`.",
    wrong: """
      approvers: [role:finanse]
      """,
    right: """
      approvers: [role:finance]
      """
  ) { subject in
    let known = subject.people.roles.keys.sorted()
    return subject.selectors.compactMap { place in
      guard case .role(let name) = place.innermost, subject.people.roles[name] == nil else { return nil }
      return Remark(
        "people.yaml has no role '\(name)'", at: place.path,
        hint: Spelling.nearest(to: name, among: known).map { "did you mean 'role:\($0)'?" }
          ?? (subject.people.people[name] == nil ? nil : "did you mean 'person:\(name)'?"))
    }
  }
}
