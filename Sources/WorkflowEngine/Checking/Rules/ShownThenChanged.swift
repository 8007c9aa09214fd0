import CEL

extension Rule {
  static let shownThenChanged = Rule(
    "W502", .warning, "approved value that is changed afterwards",
    why: """
      The approvers decided on what they were shown. A step behind the approval changes it, and no way leads back through the \
      approval, so what is done is not what was approved.
      """,
    wrong: """
      approve: {type: approval, show: {Amount: vars.amount}, ..., then: {approved: correct, rejected: told}}
      correct: {type: task, form: {...}, set: {amount: result.amount}, then: pay}
      """,
    right: """
      correct: {type: task, form: {...}, set: {amount: result.amount}, then: approve}
      """
  ) { subject in
    let uses = subject.variableUse.filter { !$0.value.writers.isEmpty }
    guard !uses.isEmpty else { return [] }
    return subject.workflow.steps.enumerated().filter { $1.approval != nil }.prefix(subject.affordableApprovals).flatMap
    {
      number, step -> [Remark] in
      guard let approval = step.approval, let approved = step.then["approved"].flatMap({ subject.graph.index[$0] })
      else {
        return []
      }
      let shown = subject.shownVariables(number, approval).filter { uses[$0] != nil }
      guard !shown.isEmpty else { return [] }
      let behind = subject.graph.region(from: approved, around: number)
      let free = subject.graph.reaching(subject.expressions.ends, around: number)
      return shown.sorted().compactMap { name in
        guard let writer = uses[name]?.writers.first(where: { behind[$0] && free[$0] && $0 != number }) else {
          return nil
        }
        let way = subject.graph.way(from: approved, to: { $0 == writer }, around: { $0 == number }) ?? [writer]
        let target = subject.workflow.steps[writer]
        return Remark(
          "'\(name)' is changed after '\(step.id)' has approved it: \(subject.graph.words([number] + way))",
          at: target.approvalRoot + ["set", .key(name)], focus: .key,
          hint: "lead back to '\(step.id)', or use another variable",
          related: [.init(path: step.approvalRoot + ["show"], message: "this is what is approved")])
      }
    }
  }
}

extension CheckSubject {
  /// Of how many approvals it can be followed what happens behind them: each costs a look at the whole graph.
  var affordableApprovals: Int { 2_000_000 / max(1, graph.count) }

  fileprivate func shownVariables(_ step: Int, _ approval: ApprovalStep) -> Set<String> {
    guard let show = approval.show else { return Set(workflow.variables.map(\.name)) }
    let references = show.flatMap(\.value.expression.references)
    return Set(references.compactMap { $0.path.count > 1 && $0.path[0] == "vars" ? $0.path[1] : nil })
  }
}

extension StepGraph {
  /// The steps that can follow, without going through one of them.
  fileprivate func region(from start: Int, around closed: Int) -> [Bool] {
    spread([start], around: closed) { edges[$0].map(\.to) }
  }

  /// The steps from which a goal can be reached without going through one of them.
  fileprivate func reaching(_ goals: [Int], around closed: Int) -> [Bool] {
    spread(goals, around: closed) { predecessors[$0] }
  }

  private func spread(_ starts: [Int], around closed: Int, _ next: (Int) -> [Int]) -> [Bool] {
    var seen = [Bool](repeating: false, count: count)
    var open = starts.filter { $0 != closed }
    for start in open { seen[start] = true }
    while let step = open.popLast() {
      for other in next(step) where other != closed && !seen[other] {
        seen[other] = true
        open.append(other)
      }
    }
    return seen
  }
}
