extension Rule {
  static let writerAndReader = Rule(
    "W602", .warning, "variable read while it is written",
    why: """
      A step reads a variable that a step on another branch may write at the same time, so it sees the old value or the new one, as \
      it happens.
      """,
    wrong: """
      both: {type: gateway, mode: parallel, branches: [{then: quote}, {then: order}]}
      quote: {type: task, ..., set: {price: result.price}, then: meet}
      order: {type: task, ..., show: {Price: vars.price}, then: meet}
      """,
    right: """
      order: {type: task, ..., show: {Price: input.price}, then: meet}
      """
  ) { subject in
    let uses = subject.variableUse
    return subject.clashes { $0.readers }.compactMap { name, one, other, frame in
      let writers = Set(uses[name]?.writers ?? [])
      let (writer, reader) = writers.contains(one) ? (one, other) : (other, one)
      guard !writers.contains(reader) else { return nil }
      let steps = subject.workflow.steps
      let together =
        subject.frames.frames[frame].gateway.map { "on another branch of '\(subject.graph.ids[$0])'" }
        ?? "beside it, after an 'on-event'"
      return Remark(
        "'\(steps[reader].id)' may read '\(name)' at the same time, \(together)",
        at: steps[writer].approvalRoot + ["set", .key(name)], focus: .key,
        hint: "read it before the fork or behind the join")
    }
  }
}
