extension Rule {
  static let forkOfOne = Rule(
    "W108", .warning, "fork with a single branch",
    why: "A parallel gateway with one branch does nothing; usually a branch was forgotten.",
    wrong: """
      both: {type: gateway, mode: parallel, branches: [{then: laptop}]}
      """,
    right: """
      both: {type: gateway, mode: parallel, branches: [{then: laptop}, {then: badge}]}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .gateway(let gateway) = step.kind, gateway.mode == .parallel, gateway.branches.count == 1 else {
        return nil
      }
      return Remark(
        "'\(step.id)' has only one branch", at: step.root + ["branches"], focus: .key,
        hint: "add the others, or lead straight to '\(gateway.branches[0].then)'")
    }
  }
}
