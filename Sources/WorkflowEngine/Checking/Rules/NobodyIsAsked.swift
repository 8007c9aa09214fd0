extension Rule {
  static let nobodyIsAsked = Rule(
    "W304", .error, "task or level that asks nobody",
    why: "The selectors name nobody of today's `people.yaml`, so the step would stop every instance that comes to it.",
    wrong: """
      approve: {type: approval, approvers: [role:board], then: {...}}    # nobody holds 'board'
      """,
    right: """
      approve: {type: approval, approvers: [role:board, role:director], then: {...}}
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      var remarks: [Remark] = []
      func look(_ selectors: [Selector], _ path: [PathElement], _ key: String) {
        let areKnown = selectors.allSatisfy(subject.isKnown)
        guard areKnown, subject.roster.resolve(selectors, initiator: nil)?.isEmpty == true else { return }
        let who = selectors.map(\.description).joined(separator: ", ")
        remarks.append(
          Remark(
            selectors.isEmpty ? "'\(step.id)' asks nobody" : "'\(step.id)' asks \(who), which is nobody",
            at: path + [.key(key)], hint: selectors.isEmpty ? nil : "see who holds what in people.yaml"))
      }
      if case .task(let task) = step.kind { look(task.assignees, step.root, "assignees") }
      for (index, level) in (step.approval?.levels ?? []).enumerated() {
        guard let approval = step.approval else { break }
        look(level.approvers, step.path(ofLevel: index, of: approval), "approvers")
      }
      return remarks
    }
  }
}

extension CheckSubject {
  /// Whether the person or role of a selector is there; if not, that is said by a rule of its own.
  func isKnown(_ selector: Selector) -> Bool {
    switch selector {
    case .person(let name): roster.isActive(name)
    case .role(let name): people.roles[name] != nil
    case .managerOf(let inner): isKnown(inner)
    case .owner: workflow.owner != nil
    default: true
    }
  }
}
