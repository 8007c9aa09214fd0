extension Rule {
  static let joinThatMayStarve = Rule(
    "W113", .warning, "join that may starve",
    why: """
      A join that waits for a number of branches stops the instance when so many can no longer arrive: because some have ended, or \
      because an inclusive gateway has taken fewer. `wait: all` waits for those that have not ended.
      """,
    wrong: """
      ask:    {type: gateway, mode: parallel, branches: [{then: a}, {then: b}]}
      a:      {type: task, assignees: [role:it], outcomes: [ok, no], then: {ok: meet, no: dropped}}
      b:      {type: task, assignees: [role:hr], then: meet}
      meet:   {type: join, of: ask, wait: 2, then: finished}
      dropped: {type: end}
      """,
    right: """
      meet: {type: join, of: ask, wait: all, then: finished}
      """
  ) { subject in
    subject.soundness.starvations.map { starvation in
      let join = subject.workflow.steps[starvation.join]
      let gateway = if case .join(let settings) = join.kind { settings.of } else { "" }
      return Remark(
        "this join waits for \(starvation.wanted) branches, and \(starvation.arriving == 1 ? "only one" : "only \(starvation.arriving)") may arrive"
          + (starvation.way.map { ": \(gateway) -> \(subject.graph.words($0)) ends a branch" } ?? ""),
        at: join.root + ["wait"], hint: "write 'wait: all' to wait for those that have not ended")
    }
  }
}
