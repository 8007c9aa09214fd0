extension Rule {
  static let joinOfTooMany = Rule(
    "W112", .error, "join that waits for more branches than can come",
    why:
      "A join that waits for a number of branches which cannot arrive never fires: an operator has to look after each instance.",
    wrong: """
      ask:  {type: gateway, mode: parallel, branches: [{then: a}, {then: b}]}
      meet: {type: join, of: ask, wait: 3, then: finished}
      """,
    right: """
      meet: {type: join, of: ask, wait: 2, then: finished}
      """
  ) { subject in
    subject.workflow.steps.enumerated().compactMap { number, step in
      guard case .join(let join) = step.kind, case .count(let wanted) = join.wait,
        let gateway = subject.graph.index[join.of], case .gateway(let fork) = subject.workflow.steps[gateway].kind
      else { return nil }
      let arriving = subject.soundness.arrivals[number] ?? wanted
      guard fork.mode != .exclusive, arriving < wanted else { return nil }
      return Remark(
        "this join waits for \(wanted) branches of '\(join.of)', and only \(arriving) can come",
        at: step.root + ["wait"],
        hint: arriving > 0 ? "write \(arriving) or 'all'" : "lead its branches here")
    }
  }
}
