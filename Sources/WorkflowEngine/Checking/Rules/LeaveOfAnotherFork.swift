extension Rule {
  static let leaveOfAnotherFork = Rule(
    "W115", .error, "leave of a fork that the step is not in",
    why: "`leave` cancels the other branches of a fork and goes on behind it. That needs a fork around the step.",
    wrong: """
      tell: {type: notification, to: [initiator], subject: Hi, body: Hi, leave: both, then: finished}   # not inside 'both'
      """,
    right: """
      tell: {type: notification, to: [initiator], subject: Hi, body: Hi, then: finished}
      """
  ) { subject in
    subject.frames.strayLeaves.map { number in
      let step = subject.workflow.steps[number]
      let frame = subject.frames.frame[number] ?? 0
      let around = subject.frames.frames[frame].gateway.map { subject.graph.ids[$0] }
      return Remark(
        "'\(step.id)' is not in the branches of '\(step.leave ?? "")'", at: step.root + ["leave"],
        hint: around.map { "did you mean '\($0)'?" } ?? "remove it")
    }
  }
}
