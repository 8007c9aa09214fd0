extension Rule {
  static let roleWithoutMembers = Rule(
    "W303", .warning, "role that nobody holds",
    why: "The role exists, but nobody in `people.yaml` holds it, so it adds nobody here.",
    wrong: """
      # people.yaml: nobody has the role 'auditor'
      access: {start: [role:employee], view: [role:auditor]}
      """,
    right: """
      # people.yaml
      maya: {name: Maya, email: maya@example.com, roles: [employee, auditor]}
      """
  ) { subject in
    subject.selectors.compactMap { place in
      guard case .role(let name) = place.innermost, subject.people.roles[name] != nil,
        subject.roster.members(of: name).isEmpty, !subject.isAskedAlone(place)
      else { return nil }
      return Remark("nobody holds the role '\(name)'", at: place.path, hint: "give it to somebody in people.yaml")
    }
  }
}

extension CheckSubject {
  /// Whether nobody at all is asked at the place, which is said by a rule of its own.
  fileprivate func isAskedAlone(_ place: SelectorPlace) -> Bool {
    guard place.use == .assignees || place.use == .approvers else { return false }
    return selectors.filter { $0.use == place.use && $0.path.dropLast() == place.path.dropLast() }.allSatisfy {
      roster.resolve([$0.selector], initiator: nil)?.isEmpty ?? false
    }
  }
}
