extension Rule {
  static let forkStraightToJoin = Rule(
    "W117", .warning, "branch that does nothing",
    why:
      "A branch of a parallel gateway that leads straight to the join has no step of its own, so it only looks like work.",
    wrong: """
      both: {type: gateway, mode: parallel, branches: [{then: order}, {then: meet}]}
      meet: {type: join, of: both, then: finished}
      """,
    right: """
      both: {type: gateway, mode: parallel, branches: [{then: order}, {then: badge}]}
      """
  ) { subject in
    subject.workflow.steps.enumerated().flatMap { number, step -> [Remark] in
      guard case .gateway(let gateway) = step.kind, gateway.mode == .parallel else { return [] }
      return subject.graph.edges[number].compactMap { edge in
        guard case .join(let join) = subject.workflow.steps[edge.to].kind, join.of == step.id else { return nil }
        return Remark("this branch leads straight to the join", at: edge.path, hint: "remove it")
      }
    }
  }
}
