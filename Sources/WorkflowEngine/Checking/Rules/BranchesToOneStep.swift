extension Rule {
  static let branchesToOneStep = Rule(
    "W118", .warning, "two branches with the same step",
    why: "Two branches of a parallel gateway that begin with the same step have it done twice at the same time.",
    wrong: """
      both: {type: gateway, mode: parallel, branches: [{then: order}, {then: order}]}
      """,
    right: """
      both: {type: gateway, mode: parallel, branches: [{then: order}, {then: badge}]}
      """
  ) { subject in
    subject.workflow.steps.enumerated().flatMap { number, step -> [Remark] in
      guard case .gateway(let gateway) = step.kind, gateway.mode == .parallel else { return [] }
      var seen: Set<Int> = []
      return subject.graph.edges[number].filter { !seen.insert($0.to).inserted }.map { edge in
        Remark(
          "another branch begins with '\(subject.graph.ids[edge.to])' too", at: edge.path,
          hint: "give each branch a step of its own")
      }
    }
  }
}
