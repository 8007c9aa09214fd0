package import CEL

extension Turn {
  mutating func open(_ wait: WaitStep, _ step: Step, _ place: Place) throws(StepFailure) {
    let evaluation = evaluation(of: step, at: place)
    var timers = try timers(of: step, escalations: step.escalate)
    if let span = wait.span { timers.append(Timer(.wait, at: try instant(after: span, calendar: nil))) }
    if let until = wait.until { timers.append(Timer(.wait, at: try instant(of: until, evaluation))) }
    let key = try wait.key.map { formula throws(StepFailure) in try evaluation.value(of: formula, "key").stored }
    emit(.waitOpened(WaitOpened(step: step.id, visit: place.visit, event: wait.event, key: key, timers: timers)))
  }

  /// The timers that any visit may carry: its expiry and its escalations.
  func timers(of step: Step, escalations: [Escalation]) throws(StepFailure) -> [Timer] {
    try timers(expires: step.expires, escalate: escalations).map { timer in
      standing?.timers.first { $0.purpose == timer.purpose } ?? timer
    }
  }

  /// When the visit that opens is due: what a migration has open anew, when it was.
  func due(after span: TimeSpan?) throws(StepFailure) -> Timestamp? {
    guard let span else { return nil }
    if let due = standing?.due { return due }
    return try instant(after: span, calendar: nil)
  }

  func timers(expires: TimeSpan?, escalate: [Escalation]) throws(StepFailure) -> [Timer] {
    var timers: [Timer] = []
    if let expires { timers.append(Timer(.expires, at: try instant(after: expires, calendar: nil))) }
    for (index, escalation) in escalate.enumerated() {
      timers.append(Timer(.escalate(index), at: try instant(after: escalation.after, calendar: nil)))
    }
    return timers
  }

  /// Fires what is due, oldest first. An instant in the past fires now.
  mutating func tick() {
    guard !state.isSuspended else { return }
    while let (visit, timer) = nextDue() {
      guard let visit else {
        fire(timer)
        continue
      }
      switch timer.purpose {
      case .wait: finish(visit.place, outcome: "elapsed", output: .null, by: nil)
      case .expires: finish(visit.place, outcome: "expired", output: .null, by: nil)
      case .escalate(let index): escalate(visit, index)
      case .retry: return
      }
    }
  }

  /// The oldest timer that is due, of a visit or (`nil`) of the instance.
  private func nextDue() -> (Visit?, Timer)? {
    let visits = state.visits
      .filter { $0.incident == nil }
      .flatMap { visit in visit.timers.map { (Visit?.some(visit), $0) } }
    return (state.timers.map { (nil, $0) } + visits)
      .filter { $0.1.at <= context.now && $0.1.purpose != .retry }
      .min { $0.1.at < $1.1.at }
  }

  private mutating func escalate(_ visit: Visit, _ index: Int) {
    guard let step = workflow.step(visit.step), let escalation = step.escalation(index, of: visit) else { return }
    do throws(StepFailure) {
      let (action, people) = try reach(escalation.action, visit, step)
      emit(.escalated(Escalated(step: visit.step, visit: visit.number, index: index, action: action, people: people)))
      guard !people.isEmpty else { return }
      tell(people, by: nil, reminder(visit, index, action))
    } catch {
      // Fires once: the timer goes with the event, whatever it could reach.
      emit(.escalated(Escalated(step: visit.step, visit: visit.number, index: index, action: .remind, people: [])))
      block(visit.place, error)
    }
  }

  private func reach(
    _ action: Escalation.Action, _ visit: Visit, _ step: Step
  ) throws(StepFailure) -> (Escalated.Action, [PersonID]) {
    switch action {
    case .remind: return (.remind, visit.undecided)
    case .add(let selectors): return (.add, try lawful(selectors, visit, step))
    case .handOver(let selectors):
      let people = try lawful(selectors, visit, step)
      // Handing over to nobody would leave nobody; those who were asked stay asked.
      return people.isEmpty ? (.remind, visit.undecided) : (.handOver, people)
    }
  }

  /// Escalation reaches only people whom the separation of duties allows.
  private func lawful(_ selectors: [Selector], _ visit: Visit, _ step: Step) throws(StepFailure) -> [PersonID] {
    let people = try resolve(selectors, evaluation(of: step, at: visit.place)).map(\.person)
    guard case .approval(let open) = visit.work else { return people }
    return people.filter { person in !open.excluded.contains { $0.person == person } }
  }

  private func reminder(_ visit: Visit, _ index: Int, _ action: Escalated.Action) -> Notice {
    return Notice(
      id: "\(state.id).\(visit.step).\(visit.number).e\(index)", step: visit.step,
      topic: .occasion(action == .remind ? .reminder : .handOver))
  }
}

extension Step {
  /// The n-th escalation of a visit: the open level's, or the step's.
  fileprivate func escalation(_ index: Int, of visit: Visit) -> Escalation? {
    var list = escalate
    if let approval, case .approval(let open) = visit.work,
      approval.levels.indices.contains(open.level)
    {
      list = approval.levels[open.level].escalate
    }
    return list.indices.contains(index) ? list[index] : nil
  }
}

extension Visit {
  /// Whom a reminder reaches.
  fileprivate var undecided: [PersonID] {
    switch work {
    case .task(let task): task.pool
    case .approval(let approval):
      approval.pool
        .filter { seat in !approval.decisions.contains { $0.seat == seat.person } }
        .map(\.holder)
    case .state: movers
    case .job, .wait, .call, .blocked: []
    }
  }
}
