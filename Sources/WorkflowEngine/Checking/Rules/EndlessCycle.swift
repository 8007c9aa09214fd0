import CEL

extension Rule {
  static let endlessCycle = Rule(
    "W119", .error, "cycle that nothing can end",
    why: """
      In this round of steps nothing waits, nobody acts, no service answers and no variable changes, so once entered it is gone \
      through until the engine stops it after 1000 visits.
      """,
    wrong: """
      again: {type: gateway, branches: [{when: vars.tries < 3, then: tell}, {otherwise: finished}]}
      tell:  {type: notification, to: [initiator], subject: Hello, body: Hello, then: again}   # tries stays what it is
      """,
    right: """
      tell:  {type: notification, to: [initiator], subject: Hello, body: Hello, set: {tries: vars.tries + 1}, then: again}
      """
  ) { subject in
    subject.idleCycles.filter { cycle in !cycle.contains { subject.workflow.steps[$0].isService } }.map { cycle in
      let first = subject.workflow.steps[cycle[0]]
      return Remark(
        "nothing can end this round: \(subject.graph.round(cycle))", at: first.root, focus: .key,
        hint: "count the rounds with 'set', or let a step in it wait")
    }
  }
}

extension CheckSubject {
  /// Rounds of steps in which nothing waits and no condition reads what the round itself changes. Those that no way leads out
  /// of are reported as such.
  var idleCycles: [[Int]] {
    let conditions = expressions.conditionsByStep
    let canEnd = graph.reaching(
      workflow.steps.indices.filter { workflow.steps[$0].isEnd || workflow.steps[$0].lacksTargets })
    return graph.cycles { graph.isReachable($0) && !workflow.steps[$0].waits }.filter { cycle in
      canEnd[cycle[0]] && !countsRounds(cycle, conditions)
    }
  }

  private func countsRounds(_ cycle: [Int], _ conditions: [Int: [Reference]]) -> Bool {
    let written = Set(cycle.flatMap { workflow.steps[$0].set.map(\.name) })
    let visited = Set(cycle.map { graph.ids[$0] })
    return cycle.lazy.flatMap { conditions[$0] ?? [] }.contains { reference in
      guard reference.path.count > 1 else { return false }
      return reference.path[0] == "vars"
        ? written.contains(reference.path[1])
        : reference.path[0] == "steps" && visited.contains(reference.path[1])
          && reference.path.dropFirst(2).first == "visits"
    }
  }
}

extension ExpressionSurvey {
  /// What the conditions of each step read.
  fileprivate var conditionsByStep: [Int: [Reference]] {
    checked.reduce(into: [:]) { byStep, checked in
      guard checked.place.use == .condition, let step = checked.place.step else { return }
      byStep[step, default: []] += checked.references
    }
  }
}

extension Step {
  var isService: Bool { if case .service = kind { true } else { false } }
}

extension StepGraph {
  /// `a -> b -> a`
  func round(_ cycle: [Int]) -> String {
    let inside = Set(cycle)
    let back = edges[cycle[0]].lazy.filter { inside.contains($0.to) }
      .compactMap { self.way(from: $0.to, to: { $0 == cycle[0] }, around: { !inside.contains($0) }) }.first
    return words([cycle[0]] + (back ?? cycle))
  }
}
