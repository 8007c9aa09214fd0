extension Rule {
  static let migrationPastNoApproval = Rule(
    "W814", .error, "'past-approvals' that names no approval",
    why: """
      `past-approvals` lets a migration pass what it names. A step of this file that is no approval can only be a slip, and the \
      approval that was meant would go on holding instances back.
      """,
    wrong: """
      migrate:
        past-approvals: [pay]               # a service
      """,
    right: """
      migrate:
        past-approvals: [approve]
      """
  ) { subject in
    guard let migration = subject.workflow.migration else { return [] }
    let approvals = subject.workflow.steps.filter { $0.approval != nil }.map(\.id)
    return migration.pastApprovals.enumerated().compactMap { index, id in
      guard let step = subject.workflow.step(id), step.approval == nil else { return nil }
      return Remark(
        "'\(id)' is a \(step.type), not an approval", at: ["migrate", "past-approvals", .index(index)],
        hint: approvals.isEmpty ? nil : "approvals here are \(approvals.joined(separator: ", "))")
    }
  }
}
