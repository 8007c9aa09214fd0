extension Rule {
  static let hastyCycle = Rule(
    "W120", .warning, "cycle that does not wait",
    why: """
      A service in a round of steps that neither waits nor counts is called again as fast as it answers, until the engine stops \
      the round after 1000 visits. Let some time pass between two calls.
      """,
    wrong: """
      ask:   {type: service, uses: http, with: {url: "${config.url}/state"}, then: ready}
      ready: {type: gateway, branches: [{when: steps.ask.output.status == 200, then: finished}, {otherwise: ask}]}
      """,
    right: """
      ready: {type: gateway, branches: [{when: steps.ask.output.status == 200, then: finished}, {otherwise: pause}]}
      pause: {type: wait, for: 5m, then: ask}
      """
  ) { subject in
    subject.idleCycles.filter { cycle in cycle.contains { subject.workflow.steps[$0].isService } }.map { cycle in
      let service = cycle.first { subject.workflow.steps[$0].isService } ?? cycle[0]
      let order = [service] + cycle.filter { $0 != service }
      return Remark(
        "nothing waits in this round: \(subject.graph.round(order))", at: subject.workflow.steps[service].root,
        focus: .key,
        hint: "put a 'wait' into it, or count the rounds with 'set'")
    }
  }
}
