extension Rule {
  static let nobodyMayStart = Rule(
    "W311", .warning, "workflow that nobody may start",
    why: "Without `access.start`, or where it names nobody, nobody may start an instance.",
    wrong: """
      writ: 1
      title: Expense approval
      start: approve
      """,
    right: """
      access: {start: [role:employee]}
      """
  ) { subject in
    let access = subject.workflow.access.start
    guard subject.roster.starters.isEmpty, access.allSatisfy(subject.isKnown), !subject.isCalled else { return [] }
    return [
      access.isEmpty
        ? Remark("nobody may start this workflow", at: ["title"], focus: .key, hint: "add 'access: {start: [role:…]}'")
        : Remark("nobody may start this workflow: nobody holds what is named here", at: ["access", "start"])
    ]
  }
}
