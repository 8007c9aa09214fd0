extension Rule {
  static let gatewayWithoutOtherwise = Rule(
    "W105", .warning, "gateway that may find no branch",
    why: "When no branch of a gateway is true, an operator has to look after the instance. `otherwise` says what then.",
    wrong: """
      size:
        type: gateway
        branches:
          - {when: vars.amount > decimal('1000'), then: approve}
          - {when: vars.amount < decimal('1000'), then: pay}     # and exactly 1000?
      """,
    right: """
      size:
        type: gateway
        branches:
          - {when: vars.amount > decimal('1000'), then: approve}
          - {otherwise: pay}
      """
  ) { subject in
    subject.workflow.steps.compactMap { step in
      guard case .gateway(let gateway) = step.kind, gateway.mode != .parallel, !gateway.branches.isEmpty,
        !gateway.branches.contains(where: \.isOtherwise), !subject.isExhaustive(gateway.branches.map(\.when))
      else { return nil }
      return Remark(
        "no branch of '\(step.id)' may be true", at: step.root + ["branches"], focus: .key,
        hint: "add '- {otherwise: <step>}' for that case")
    }
  }
}
