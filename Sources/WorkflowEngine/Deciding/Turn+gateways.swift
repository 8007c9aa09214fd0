package import CEL

extension Turn {
  mutating func open(_ gateway: GatewayStep, _ step: Step, _ place: Place) throws(StepFailure) {
    let taken = try targets(of: gateway, step, place)
    if gateway.mode == .exclusive {
      let set = try assigned(step.set, in: evaluation(of: step, at: place))
      emit(
        .left(
          Left(
            step: step.id, visit: place.visit, token: place.token, outcome: taken[0], output: .null, vars: set.vars,
            unset: set.unset, to: taken[0])))
    } else {
      fork(taken, place)
    }
  }

  private func targets(of gateway: GatewayStep, _ step: Step, _ place: Place) throws(StepFailure) -> [StepID] {
    let evaluation = evaluation(of: step, at: place)
    var taken: [StepID] = []
    for (index, branch) in gateway.branches.enumerated() where !branch.isOtherwise {
      let holds = try branch.when.map { formula throws(StepFailure) in
        try evaluation.truth(of: formula, "branches[\(index)].when")
      }
      guard gateway.mode == .parallel || holds ?? true else { continue }
      taken.append(branch.then)
      if gateway.mode == .exclusive { break }
    }
    if taken.isEmpty, let otherwise = gateway.branches.first(where: \.isOtherwise) { taken = [otherwise.then] }
    guard !taken.isEmpty else {
      throw StepFailure(code: "no-branch", message: "no branch of '\(step.id)' holds and there is no 'otherwise'")
    }
    return taken
  }

  private mutating func fork(_ targets: [StepID], _ place: Place) {
    let first = state.lastToken + 1
    emit(
      .forked(
        Forked(
          step: place.step, visit: place.visit, token: place.token, frame: state.lastFrame + 1,
          branches: targets.enumerated().map { Forked.Branch(token: first + $0, to: $1) })))
  }

  /// A token reached its join: its branch has arrived; the join fires when enough branches have.
  mutating func arrive(_ token: Token) {
    guard case .join(let join)? = workflow.step(token.step)?.kind else { return }
    guard let frame = state.frames.first(where: { $0.id == token.frame }), frame.gateway == join.of else {
      let visit = (state.counts[token.step] ?? 0) + 1
      emit(.entered(step: token.step, visit: visit, token: token.id))
      return block(
        Place(step: token.step, visit: visit, token: token.id),
        StepFailure(
          code: "definition", message: "'\(token.step)' joins '\(join.of)', but the token is not in its frame"))
    }
    emit(.arrived(step: token.step, token: token.id))
    settle(frame: frame.id)
  }

  /// Fires or closes a frame whose branches have changed.
  mutating func settle(frame id: Int) {
    guard let frame = state.frames.first(where: { $0.id == id }) else { return }
    let live = frame.branches.count { $0.state == .live }
    if frame.isSide, live == 0 { emit(.frameClosed(frame: id)) }
    guard let gateway = frame.gateway else { return }
    let arrived = frame.branches.count { $0.state == .arrived }
    guard let join = joinStep(of: gateway), arrived > 0 else {
      if live == 0 { close(frame) }
      return
    }
    guard case .join(let settings) = join.kind else { return }
    switch settings.wait {
    case .all: if live == 0 { fire(join, frame) }
    case .any: fire(join, frame)
    case .count(let n):
      if arrived >= n { return fire(join, frame) }
      if live == 0 { starve(join, frame, arrived: arrived, wanted: n) }
    }
  }

  private func joinStep(of gateway: StepID) -> Step? {
    workflow.steps.first { step in
      if case .join(let join) = step.kind { join.of == gateway } else { false }
    }
  }

  private mutating func fire(_ join: Step, _ frame: Frame) {
    let visit = (state.counts[join.id] ?? 0) + 1
    let token = state.lastToken + 1
    emit(
      .joined(step: join.id, visit: visit, frame: frame.id, token: token, cancelled: openVisits(in: frame.id)))
    let place = Place(step: join.id, visit: visit, token: token)
    do throws(StepFailure) {
      try leave(place, outcome: "done", output: .null)
    } catch {
      block(place, error)
    }
  }

  /// The number of branches that a join waits for can no longer be reached.
  private mutating func starve(_ join: Step, _ frame: Frame, arrived: Int, wanted: Int) {
    let visit = (state.counts[join.id] ?? 0) + 1
    let token = state.lastToken + 1
    emit(.joined(step: join.id, visit: visit, frame: frame.id, token: token, cancelled: []))
    block(
      Place(step: join.id, visit: visit, token: token),
      StepFailure(code: "join", message: "'\(join.id)' waits for \(wanted) branches, but only \(arrived) arrived"))
  }

  private mutating func close(_ frame: Frame) {
    emit(.frameClosed(frame: frame.id))
    if let parent = frame.parent { settle(frame: parent.frame) }
  }

  func openVisits(in frame: Int) -> [VisitID] {
    let inside = state.framesInside(frame)
    let tokens = Set(state.tokens.filter { inside.contains($0.frame) }.map(\.id))
    return state.visits.filter { tokens.contains($0.token) }.map { VisitID(step: $0.step, visit: $0.number) }
  }

  /// `leave: gateway`: cancels the gateway's frame and goes on in its parent.
  mutating func leaveFrame(of gateway: StepID, token: Int, to target: StepID) {
    guard let standing = state.tokens.first(where: { $0.id == token }) else { return }
    var frame = state.frames.first { $0.id == standing.frame }
    while let current = frame, current.gateway != gateway {
      frame = state.frames.first { $0.id == current.parent?.frame }
    }
    guard let frame else { return }
    let cancelled = openVisits(in: frame.id)
    emit(.frameLeft(frame: frame.id, token: state.lastToken + 1, to: target, cancelled: cancelled))
  }
}
