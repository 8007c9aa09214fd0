extension Rule {
  static let soundnessUndecided = Rule(
    "W122", .note, "not decided",
    why: """
      The workflow is so big that not all of it could be explored within the checker's budget. What the checker says holds; of \
      what is left it says nothing.
      """,
    wrong: """
      # tens of thousands of steps inside forks inside forks
      """,
    right: """
      # smaller workflows that call each other
      """
  ) { subject in
    var undecided: [String] = []
    if !subject.soundness.isDecided { undecided.append("whether every join gets its branches") }
    let approvals = subject.workflow.steps.count { $0.approval != nil }
    if approvals > subject.affordableApprovals, !subject.workflow.variables.isEmpty {
      undecided.append("whether every value stays as it was approved")
    }
    return undecided.map { Remark("\($0) was not decided within the budget", at: ["steps"], focus: .key) }
  }
}
