extension Rule {
  static let noManager = Rule(
    "W307", .warning, "initiator without a manager",
    why: """
      Somebody who may start the workflow has no manager in `people.yaml`, and nobody else is asked. The instance would stop there.
      """,
    wrong: """
      access: {start: [role:employee]}          # ingrid is an employee without a manager
      ...
      approvers: [manager-of:initiator]
      """,
    right: """
      approvers: [manager-of:initiator, role:board]
      """
  ) { subject in
    let asking = subject.workflow.steps.flatMap { step -> [(selectors: [Selector], path: [PathElement])] in
      if case .task(let task) = step.kind { return [(task.assignees, step.root + ["assignees"])] }
      guard let approval = step.approval else { return [] }
      return approval.levels.enumerated().map { ($1.approvers, step.path(ofLevel: $0, of: approval) + ["approvers"]) }
    }
    return asking.compactMap { selectors, path in
      guard selectors.contains(where: \.dependsOnInitiator) else { return nil }
      let stranded = subject.roster.starters.filter {
        subject.roster.resolve(selectors, initiator: $0)?.isEmpty ?? false
      }
      guard !stranded.isEmpty else { return nil }
      return Remark(
        "nobody is asked if \(stranded.count > 3 ? stranded.listed : stranded.joined(separator: " or ")) starts it",
        at: path, hint: "\(stranded.count == 1 ? "\(stranded[0]) has" : "they have") no manager in people.yaml")
    }
  }
}
