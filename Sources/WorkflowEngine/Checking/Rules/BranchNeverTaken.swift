extension Rule {
  static let branchNeverTaken = Rule(
    "W107", .warning, "branch that is never taken",
    why: """
      The first true branch of an exclusive gateway wins. A branch behind one that is always true, with the condition of an \
      earlier one, or a second `otherwise` never has its turn.
      """,
    wrong: """
      branches:
        - {when: input.kind == 'urgent', then: page}
        - {when: input.kind == 'urgent', then: mail}
        - {otherwise: mail}
      """,
    right: """
      branches:
        - {when: input.kind == 'urgent', then: page}
        - {when: input.kind == 'normal', then: mail}
        - {otherwise: mail}
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      guard case .gateway(let gateway) = step.kind, gateway.mode == .exclusive else { return [] }
      var earlier: [String: Int] = [:]
      return gateway.branches.enumerated().compactMap { index, branch in
        let condition = branch.isOtherwise ? "otherwise" : branch.when?.source ?? ""
        let before = earlier[condition] ?? earlier["true"]
        earlier[condition] = earlier[condition] ?? index
        if condition == "false" {
          return Remark(
            "this branch is never taken", at: step.root + ["branches", .index(index)], hint: "it is never true")
        }
        return before.map { before in
          Remark(
            "this branch is never taken", at: step.root + ["branches", .index(index)],
            hint: gateway.branches[before].isOtherwise ? "there is an 'otherwise' already" : "an earlier branch wins",
            related: [.init(path: step.root + ["branches", .index(before)], message: "this one comes first")])
        }
      }
    }
  }
}
