import CEL

extension Rule {
  static let stepNotOnEveryWay = Rule(
    "W209", .error, "step that not every way passes",
    why: """
      `steps.<id>` is there once the step has finished. If some way leads here without passing it, reading it fails for the \
      instances that come this way. Guard it with `has(steps.<id>)`, or read it with `steps.?<id>`.
      """,
    wrong: """
      size:  {type: gateway, branches: [{when: input.big, then: quote}, {otherwise: order}]}
      quote: {type: task, assignees: [role:buyer], then: order}
      order: {type: task, assignees: [role:buyer], show: {Quotes by: steps.quote.by}, then: finished}
      """,
    right: """
      order: {type: task, assignees: [role:buyer], show: {Quotes by: "has(steps.quote) ? steps.quote.by : 'nobody'"}, then: finished}
      """
  ) { subject in
    subject.remarks(onNamesOf: "steps") { checked, reference, name in
      guard !reference.isGuarded, let step = subject.graph.index[name], subject.isEvaluated(checked.place),
        !subject.expressions.holds(.finished(step), at: checked.place)
      else { return nil }
      let way = subject.way(to: checked.place, around: step)
      return checked.place.remark(
        "'\(name)' may not have finished here" + (way.map { ": \($0)" } ?? ""), reference,
        hint: "ask first: has(steps.\(name))")
    }
  }
}

extension CheckSubject {
  /// Whether any instance comes to where the expression stands. First values of variables and what belongs to the workflow as
  /// a whole have no step; of these only the output can read steps.
  func isEvaluated(_ place: ExpressionPlace) -> Bool {
    place.step.map(graph.isReachable) ?? (place.use != .output || !expressions.ends.isEmpty)
  }

  /// A shortest way to an expression that does not pass the step, in words.
  func way(to place: ExpressionPlace, around step: Int) -> String? {
    guard let start = graph.starts.first, start != step || place.step == step else { return nil }
    let ends = Set(expressions.ends)
    let isGoal = { (here: Int) in place.step.map { $0 == here } ?? ends.contains(here) }
    return graph.way(from: start, to: isGoal, around: { $0 == step && place.step != step }).map(graph.words)
  }
}
