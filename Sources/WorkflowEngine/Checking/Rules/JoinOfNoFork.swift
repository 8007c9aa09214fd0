extension Rule {
  static let joinOfNoFork = Rule(
    "W109", .error, "join of something that does not fork",
    why: """
      A join gathers the branches of the parallel or inclusive gateway that it names. An exclusive gateway takes one branch, so \
      there is nothing to gather: lead its branches to the next step itself.
      """,
    wrong: """
      choose: {type: gateway, branches: [{when: input.fast, then: mail}, {otherwise: letter}]}
      mail:   {type: task, assignees: [role:office], then: meet}
      letter: {type: task, assignees: [role:office], then: meet}
      meet:   {type: join, of: choose, then: finished}
      """,
    right: """
      mail:   {type: task, assignees: [role:office], then: finished}
      letter: {type: task, assignees: [role:office], then: finished}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .join(let join) = step.kind, let named = subject.workflow.step(join.of) else { return nil }
      switch named.kind {
      case .gateway(let gateway) where gateway.mode != .exclusive: return nil
      case .gateway:
        return Remark(
          "'\(join.of)' takes one branch, so there is nothing to join", at: step.root + ["of"],
          hint: "write 'mode: parallel' there, or lead its branches straight to the next step")
      default:
        let forks = subject.workflow.steps.filter(\.isFork).prefix(100).map(\.id)
        return Remark(
          "'\(join.of)' is a \(named.type), not a gateway", at: step.root + ["of"],
          hint: Spelling.nearest(to: join.of, among: forks).map { "did you mean '\($0)'?" }
            ?? forks.first.map { "join '\($0)'?" })
      }
    }
  }
}

extension Step {
  /// A gateway that opens a frame.
  var isFork: Bool {
    if case .gateway(let gateway) = kind { gateway.mode != .exclusive } else { false }
  }
}
