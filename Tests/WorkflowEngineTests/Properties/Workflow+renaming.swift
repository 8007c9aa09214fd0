import WorkflowEngine

extension Workflow {
  /// The same process with other names for its steps.
  func renamed(_ name: (StepID) -> StepID) -> Workflow {
    var next = self
    next.start = name(start)
    next.steps = steps.map { step in
      var step = step
      step.id = name(step.id)
      step.then = step.then.mapValues(name)
      step.leave = step.leave.map(name)
      for index in step.onError.indices { step.onError[index].then = name(step.onError[index].then) }
      for index in step.onEvent.indices { step.onEvent[index].then = name(step.onEvent[index].then) }
      switch step.kind {
      case .gateway(var gateway):
        for index in gateway.branches.indices { gateway.branches[index].then = name(gateway.branches[index].then) }
        step.kind = .gateway(gateway)
      case .join(var join):
        join.of = name(join.of)
        step.kind = .join(join)
      default: break
      }
      return step
    }
    next.index()
    return next
  }
}
