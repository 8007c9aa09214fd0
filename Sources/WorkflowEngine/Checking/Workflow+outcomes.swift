extension Workflow {
  /// By what an instance can end, cancelling aside, in the order of the file.
  package var endings: [Outcome] {
    let graph = StepGraph(of: self)
    let frames = StaticFrames(of: self, graph)
    var endings: [Outcome] = []
    for (number, step) in steps.enumerated() where graph.isReachable(number) && step.isEnd {
      var outcome = "completed"
      if case .end(let end) = step.kind, end.terminate || frames.frame[number] == 0 { outcome = end.outcome ?? outcome }
      if !endings.contains(outcome) { endings.append(outcome) }
    }
    return endings
  }
}

/// A `call` with what stands behind its name.
struct CallPlace: Sendable {
  var step: Step
  var call: CallStep
  /// `nil` where no workflow has the name.
  var callee: Workflow?
}

extension CheckSubject {
  /// Whether another workflow calls this one; such a one needs nobody to start it.
  var isCalled: Bool {
    workflows.values.contains { other in
      other.steps.contains { if case .call(let call) = $0.kind { call.workflow == workflow.name } else { false } }
    }
  }

  var calls: [CallPlace] {
    workflow.steps.compactMap { step in
      guard case .call(let call) = step.kind else { return nil }
      return CallPlace(step: step, call: call, callee: workflows[call.workflow])
    }
  }
}
