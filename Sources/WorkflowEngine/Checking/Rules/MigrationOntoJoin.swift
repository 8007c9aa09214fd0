extension Rule {
  static let migrationOntoJoin = Rule(
    "W812", .error, "migration onto a join",
    why: """
      A join is not a place to stand: branches arrive there, and the step behind it goes on. A running instance is moved to a step \
      in front of the join, or its branch is ended with `drop`. A join is only named for another join, when its gateway is.
      """,
    wrong: """
      migrate:
        steps: {proofread: gather}          # a join
      """,
    right: """
      migrate:
        drop: [proofread]
      """
  ) { subject in
    let joins = Set(subject.workflow.steps.filter(\.isJoin).map(\.id))
    let mapped = subject.workflow.migration?.steps.sorted { $0.key < $1.key } ?? []
    let gateways = Set(mapped.map(\.value)).intersection(subject.workflow.steps.filter(\.isFork).map(\.id))
    return mapped.compactMap { old, new in
      guard joins.contains(new), subject.workflow.step(old).map({ !$0.isJoin }) ?? gateways.isEmpty else { return nil }
      return Remark(
        "'\(new)' is a join; nothing can be moved onto it", at: ["migrate", "steps", .key(old)],
        hint: "name a step before it, or write drop: [\(old)]")
    }
  }
}

extension Step {
  fileprivate var isJoin: Bool { if case .join = kind { true } else { false } }
}
