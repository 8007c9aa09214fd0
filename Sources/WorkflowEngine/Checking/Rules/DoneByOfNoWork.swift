extension Rule {
  static let doneByOfNoWork = Rule(
    "W309", .error, "done-by of a step that nobody does",
    why:
      "`done-by:` names who did a task or decided an approval last. Machines and gateways do nothing that a person did.",
    wrong: """
      assignees: [done-by:measure]          # a service
      """,
    right: """
      assignees: [done-by:triage]           # a task
      """
  ) { subject in
    subject.selectors.compactMap { place in
      guard case .doneBy(let id) = place.innermost, let step = subject.workflow.step(id) else { return nil }
      switch step.kind {
      case .task, .approval, .state: return nil
      default: return Remark("'\(id)' is a \(step.type), which nobody does", at: place.path)
      }
    }
  }
}
