extension Rule {
  static let twoJoins = Rule(
    "W110", .error, "two joins for one gateway",
    why: """
      The branches of one firing of a gateway meet once. With two joins each would wait for branches that went to the other.
      """,
    wrong: """
      both:   {type: gateway, mode: parallel, branches: [{then: a}, {then: b}]}
      meet_a: {type: join, of: both, then: finished}
      meet_b: {type: join, of: both, then: finished}
      """,
    right: """
      both: {type: gateway, mode: parallel, branches: [{then: a}, {then: b}]}
      meet: {type: join, of: both, then: finished}
      """
  ) { subject in
    subject.frames.joins.values.filter { $0.count > 1 }.flatMap { joins in
      joins.dropFirst().map { join in
        let steps = subject.workflow.steps
        return Remark(
          "the branches are already joined by '\(steps[joins[0]].id)'", at: steps[join].root + ["of"],
          hint: "lead them to '\(steps[joins[0]].id)'",
          related: [.init(path: steps[joins[0]].root, message: "this join is the first")])
      }
    }
  }
}
