extension Rule {
  static let noOwner = Rule(
    "W312", .warning, "workflow without an owner",
    why: """
      The owner answers for the workflow, and, unless `access.operate` says otherwise, deals with its incidents. Without one, nobody \
      can.
      """,
    wrong: """
      writ: 1
      title: Expense approval
      """,
    right: """
      owner: role:finance
      """
  ) { subject in
    guard subject.workflow.owner == nil else { return [] }
    return [
      Remark(
        "nobody answers for this workflow"
          + (subject.workflow.access.operate == nil ? " or deals with its incidents" : ""),
        at: ["title"], focus: .key, hint: "add 'owner: role:…'")
    ]
  }
}
