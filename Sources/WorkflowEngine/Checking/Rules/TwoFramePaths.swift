extension Rule {
  static let twoFramePaths = Rule(
    "W114", .error, "step both inside and outside of a fork",
    why: """
      A step belongs to one place: to the branches of one fork, or to none. A way that goes on with the rest of the process while \
      the other branches are still busy must say so with `leave`, which cancels them; otherwise it goes through the join.
      """,
    wrong: """
      both:  {type: gateway, mode: parallel, branches: [{then: ask}, {then: order}]}
      ask:   {type: task, assignees: [initiator], outcomes: [ok, stop], then: {ok: meet, stop: tell}}
      order: {type: task, assignees: [role:buyer], then: meet}
      meet:  {type: join, of: both, then: tell}
      tell:  {type: notification, to: [initiator], subject: Done, body: Done, then: finished}
      """,
    right: """
      ask:     {type: task, assignees: [initiator], outcomes: [ok, stop], then: {ok: meet, stop: stopped}}
      stopped: {type: table, rows: [{outcome: done}], leave: both, then: tell}
      """
  ) { subject in
    let (graph, frames, ids) = (subject.graph, subject.frames, subject.graph.ids)
    var seen: Set<Int> = []
    return frames.conflicts.filter { seen.insert($0.step).inserted }.map { conflict in
      let known = frames.frame[conflict.step] ?? 0
      let isInside = frames.frames[conflict.frame].depth > frames.frames[known].depth
      let first = graph.reachedFrom[conflict.step].flatMap { from in
        graph.edges[from].first { $0.to == conflict.step }
      }
      // The place to mend is where the way leaves the branches.
      let (inner, outer) = isInside ? (conflict.frame, known) : (known, conflict.frame)
      let edge = isInside ? conflict.edge : first ?? conflict.edge
      let other = isInside ? first ?? conflict.edge : conflict.edge
      let hint =
        frames.frames[inner].gateway.map { "go through the join of '\(ids[$0])', or write 'leave: \(ids[$0])'" }
        ?? "a side token reaches no step of what it goes beside: give it steps of its own"
      return Remark(
        "'\(ids[conflict.step])' is reached \(frames.words(inner, graph)) from here, and elsewhere "
          + frames.words(outer, graph),
        at: edge.path, hint: hint,
        related: [
          .init(
            path: other.path,
            message: "elsewhere: \(graph.words(graph.way(to: other.from) + [other.to]))")
        ])
    }
  }
}
