extension Rule {
  static let migrationSaidTwice = Rule(
    "W813", .error, "step that is mapped and dropped",
    why: "What stands at an old step goes on at another one, or its branch ends. It cannot do both.",
    wrong: """
      migrate:
        steps: {proofread: review}
        drop: [proofread]
      """,
    right: """
      migrate:
        steps: {proofread: review}
      """
  ) { subject in
    guard let migration = subject.workflow.migration else { return [] }
    return migration.drop.enumerated().filter { migration.steps[$1] != nil }.map { index, step in
      Remark(
        "'\(step)' is also mapped to '\(migration.steps[step] ?? "")'", at: ["migrate", "drop", .index(index)],
        hint: "keep one of the two")
    }
  }
}
