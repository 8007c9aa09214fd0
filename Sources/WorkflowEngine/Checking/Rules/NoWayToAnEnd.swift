extension Rule {
  static let noWayToAnEnd = Rule(
    "W102", .error, "no way to an end",
    why: "From here the process goes round for ever: no outcome of any step leads to an `end`.",
    wrong: """
      ask:   {type: task, assignees: [initiator], then: check}
      check: {type: task, assignees: [role:it], outcomes: [no], then: ask}
      """,
    right: """
      check: {type: task, assignees: [role:it], outcomes: [ok, no], then: {ok: finished, no: ask}}
      finished: {type: end}
      """
  ) { subject in
    let graph = subject.graph
    let steps = subject.workflow.steps
    // A step that lacks targets is reported as such; what would be behind them is unknown.
    let goals = steps.indices.filter { steps[$0].isEnd || graph.edges[$0].isEmpty || steps[$0].lacksTargets }
    let isGood = graph.reaching(goals)
    let isTrap = { (step: Int) in graph.isReachable(step) && !isGood[step] }
    return steps.indices.filter { step in
      // The first step of each trap speaks for all of it.
      isTrap(step) && (graph.starts.contains(step) || graph.reachedFrom[step].map { !isTrap($0) } ?? false)
    }.map { step in
      let round = graph.edges[step].lazy.compactMap { graph.way(from: $0.to, to: { $0 == step }) }.first ?? []
      return Remark(
        "no way leads from '\(steps[step].id)' to an end", at: steps[step].root, focus: .key,
        hint: round.isEmpty ? "lead an outcome to an 'end'" : "it goes round: \(graph.words([step] + round))")
    }
  }
}

extension Step {
  var lacksTargets: Bool { requiredOutcomes.contains { then[$0] == nil } }
}
