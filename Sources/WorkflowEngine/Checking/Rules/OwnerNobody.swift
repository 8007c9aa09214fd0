extension Rule {
  static let ownerNobody = Rule(
    "W313", .error, "selector that means nobody here",
    why: """
      Who may start, see and operate a workflow is judged without an instance, so only `person:`, `role:` and `owner` mean somebody \
      there (`view` also knows the initiator). `owner` needs an owner that is a person or a role.
      """,
    wrong: """
      access: {start: [initiator]}
      """,
    right: """
      access: {start: [role:employee]}
      """
  ) { subject in
    subject.selectors.compactMap { place in
      switch (place.use, place.selector) {
      case (.start, .person), (.start, .role), (.view, .person), (.view, .role), (.view, .initiator),
        (.operate, .person),
        (.operate, .role), (.owner, .person), (.owner, .role):
        return nil
      case (.start, .owner), (.view, .owner), (.operate, .owner): break
      case (.start, _), (.view, _), (.operate, _), (.owner, _):
        return Remark("'\(place.selector)' means nobody here", at: place.path, hint: "name a person or a role")
      default: break
      }
      guard case .owner = place.innermost, subject.workflow.owner == nil else { return nil }
      return Remark("this workflow has no owner", at: place.path, hint: "add 'owner: role:…'")
    }
  }
}
