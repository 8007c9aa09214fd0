extension Rule {
  static let outcomeInsideFork = Rule(
    "W116", .error, "outcome named inside a fork",
    why: """
      An `end` in a branch ends that branch only, and the instance goes on with the others. So it cannot name the outcome of the \
      instance, unless it ends everything with `terminate: true`.
      """,
    wrong: """
      both:   {type: gateway, mode: parallel, branches: [{then: failed}, {then: order}]}
      failed: {type: end, outcome: failed}
      """,
    right: """
      failed: {type: end, outcome: failed, terminate: true}
      """
  ) { subject in
    subject.workflow.steps.enumerated().compactMap { number, step in
      guard case .end(let end) = step.kind, !end.terminate, end.outcome != nil || end.undo,
        let frame = subject.frames.frame[number], frame != 0
      else { return nil }
      let what =
        subject.frames.frames[frame].gateway.map { "one branch of '\(subject.graph.ids[$0])'" }
        ?? "what an event began beside"
      guard let outcome = end.outcome else {
        return Remark(
          "this ends \(what), so it cannot take back what the instance has done",
          at: step.root + ["undo"], hint: "add 'terminate: true' to end everything, or remove 'undo'")
      }
      return Remark(
        "this ends \(what), so it cannot make the instance '\(outcome)'",
        at: step.root + ["outcome"], hint: "add 'terminate: true' to end everything, or remove the outcome")
    }
  }
}
