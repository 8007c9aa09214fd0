extension Rule {
  static let joinOutsideItsFork = Rule(
    "W111", .error, "join reached outside of its fork",
    why: """
      A join waits for the branches of its gateway. A token that comes from somewhere else is none of them and would stand there \
      for ever.
      """,
    wrong: """
      size: {type: gateway, branches: [{when: input.small, then: meet}, {otherwise: both}]}
      both: {type: gateway, mode: parallel, branches: [{then: a}, {then: b}]}
      meet: {type: join, of: both, then: finished}
      """,
    right: """
      size: {type: gateway, branches: [{when: input.small, then: finished}, {otherwise: both}]}
      """
  ) { subject in
    let ids = subject.graph.ids
    return subject.frames.strayJoins.compactMap { edge in
      guard case .join(let join) = subject.workflow.steps[edge.to].kind,
        subject.workflow.step(join.of)?.isFork ?? false
      else { return nil }
      return Remark(
        "'\(ids[edge.from])' leads to the join of '\(join.of)' from outside of its branches", at: edge.path,
        hint: "it comes this way: \(subject.graph.words(subject.graph.way(to: edge.to)))")
    }
  }
}
