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
    let groups = Dictionary(grouping: subject.selectors) { $0.path.dropLast() }
    return subject.selectors.compactMap { place in
      guard case .role(let name) = place.innermost, subject.people.roles[name] != nil,
        subject.roster.members(of: name).isEmpty, !subject.isNobodyAsked(place.use, groups[place.path.dropLast()] ?? [])
      else { return nil }
      return Remark("nobody holds the role '\(name)'", at: place.path, hint: "give it to somebody in people.yaml")
    }
  }
}

extension CheckSubject {
  /// Whether all selectors of a place that asks people name nobody, which is said by a rule of its own.
  fileprivate func isNobodyAsked(_ use: SelectorPlace.Use, _ places: [SelectorPlace]) -> Bool {
    guard use == .assignees || use == .approvers else { return false }
    return places.allSatisfy { roster.resolve([$0.selector], initiator: nil)?.isEmpty ?? false }
  }
}
