extension Rule {
  static let migrationPastApproval = Rule(
    "W811", .error, "migration past an approval",
    why: """
      A running instance that is moved from a step before an approval to a step behind it would go on without anybody having \
      approved. Where that is meant, `past-approvals` names the approval: then it is reviewed, recorded with each instance and shown.
      """,
    wrong: """
      migrate:
        steps: {collect_quotes: pay}        # 'approve' lies between them
      """,
    right: """
      migrate:
        steps: {collect_quotes: pay}
        past-approvals: [approve]
      """
  ) { subject in
    guard let migration = subject.workflow.migration else { return [] }
    return migration.steps.sorted { $0.key < $1.key }.flatMap { old, new in
      let left = subject.workflow.step(old)?.approval != nil && subject.workflow.step(new)?.approval == nil ? [old] : []
      let passed = PassedApprovals.between(old, new, subject.workflow, subject.graph).union(left)
      return passed.sorted().filter { !migration.pastApprovals.contains($0) }.map { approval in
        Remark(
          "from '\(old)' to '\(new)' is past the approval '\(approval)'", at: ["migrate", "steps", .key(old)],
          hint: "lead it to a step before '\(approval)', or allow it with past-approvals: [\(approval)]")
      }
    }
  }
}
