extension Rule {
  static let twoWriters = Rule(
    "W601", .error, "variable written by two branches",
    why: """
      Two steps that may be busy at the same time write one variable, so which value stays is a matter of luck. Let each branch hand \
      over its own result, by `steps.<id>.output`, and bring them together behind the join.
      """,
    wrong: """
      both: {type: gateway, mode: parallel, branches: [{then: a}, {then: b}]}
      a: {type: task, ..., set: {price: result.price}, then: meet}
      b: {type: task, ..., set: {price: result.price}, then: meet}
      """,
    right: """
      a: {type: task, ..., set: {price_a: result.price}, then: meet}
      b: {type: task, ..., set: {price_b: result.price}, then: meet}
      """
  ) { subject in
    subject.clashes { $0.writers }.map { name, writer, other, frame in
      let steps = subject.workflow.steps
      let together =
        subject.frames.frames[frame].gateway.map { "on another branch of '\(subject.graph.ids[$0])'" }
        ?? "beside it, after an 'on-event',"
      return Remark(
        "'\(name)' is also written by '\(steps[other].id)', \(together) at the same time",
        at: steps[writer].approvalRoot + ["set", .key(name)], focus: .key, hint: "give each branch its own variable",
        related: [.init(path: steps[other].approvalRoot + ["set", .key(name)], message: "the other one")])
    }
  }
}

extension CheckSubject {
  /// For each variable, the first writer that may be live together with one of the others.
  func clashes(
    with others: (VariableUse) -> [Int]
  ) -> [(name: String, writer: Int, other: Int, frame: Int)] {
    // Where branches are left in a wrong way, what is busy together is not known yet.
    guard frames.areSeveral, frames.conflicts.isEmpty else { return [] }
    let branches = Branches(of: workflow, graph, frames)
    var budget = 200_000
    return variableUse.sorted { $0.key < $1.key }.compactMap { name, use in
      for other in others(use) {
        for writer in use.writers {
          budget -= 1 + branches.depth(of: writer)
          guard budget > 0 else { return nil }
          // A step on two branches is said by a rule of its own.
          if writer != other, let frame = branches.together(writer, other) {
            return (name, max(writer, other), min(writer, other), frame)
          }
        }
      }
      return nil
    }
  }
}
