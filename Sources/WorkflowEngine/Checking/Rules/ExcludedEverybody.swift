extension Rule {
  static let excludedEverybody = Rule(
    "W308", .error, "exclude that leaves nobody",
    why: "Everybody whom the level asks is excluded from it, so it is always blocked.",
    wrong: """
      approvers: [role:finance]
      exclude: [role:employee]         # everybody in finance is an employee
      """,
    right: """
      approvers: [role:finance]
      exclude: [done-by:prepare]
      """
  ) { subject in
    subject.workflow.levelPlaces.compactMap { place in
      guard !place.level.exclude.isEmpty, let pool = subject.roster.resolve(place.level.approvers, initiator: nil),
        !pool.isEmpty
      else { return nil }
      let out = place.level.exclude.compactMap { subject.roster.resolve([$0], initiator: nil) }.reduce(into: Set()) {
        $0.formUnion($1)
      }
      guard pool.isSubset(of: out) else { return nil }
      return Remark("this excludes everybody who is asked: \(pool.sorted().listed)", at: place.path + ["exclude"])
    }
  }
}
