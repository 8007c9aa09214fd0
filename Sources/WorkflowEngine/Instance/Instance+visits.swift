import CEL

/// How the events of open visits fold: what waits, for whom, until when.
extension Instance {
  mutating func open(_ opened: TaskOpened, at: Timestamp) {
    add(
      opened.step, opened.visit, at, due: opened.due, timers: opened.timers,
      .task(OpenTask(pool: opened.pool, prefill: opened.prefill, shown: opened.shown)))
  }

  mutating func open(_ opened: LevelOpened, at: Timestamp) {
    var approval = OpenApproval(
      level: opened.level, levelName: opened.name, shown: opened.shown, digest: opened.digest, nonce: opened.nonce,
      pool: opened.pool, excluded: opened.excluded, rule: opened.rule)
    if let index = place(opened.step, opened.visit), case .approval(let before) = visits[index].work {
      approval.earlier = before.earlier + before.decisions
      approval.questions = before.questions
      let before = visits.remove(at: index)
      add(opened.step, opened.visit, at, due: opened.due, timers: opened.timers, .approval(approval))
      visits[visits.count - 1].listens = before.listens
      visits[visits.count - 1].offers = before.offers
    } else {
      add(opened.step, opened.visit, at, due: opened.due, timers: opened.timers, .approval(approval))
    }
  }

  mutating func open(_ opened: JobOpened, at: Timestamp) {
    add(
      opened.step, opened.visit, at, due: nil, timers: opened.timers,
      .job(OpenJob(uses: opened.uses, request: opened.request, timeout: opened.timeout)))
  }

  mutating func open(_ opened: WaitOpened, at: Timestamp) {
    add(
      opened.step, opened.visit, at, due: nil, timers: opened.timers,
      .wait(OpenWait(event: opened.event, key: opened.key)))
  }

  mutating func open(_ opened: CallOpened, at: Timestamp) {
    add(
      opened.step, opened.visit, at, due: nil, timers: opened.timers,
      .call(
        OpenCall(workflow: opened.workflow, version: opened.version, input: opened.input, about: opened.about)))
  }

  mutating func add(
    _ step: StepID, _ number: Int, _ at: Timestamp, due: Timestamp?, timers: [Timer], _ work: Visit.Work
  ) {
    var visit = Visit(step: step, number: number, token: token(in: step, number), since: at, work: work)
    visit.due = due
    visit.timers = timers
    visits.append(visit)
  }

  private func place(_ step: StepID, _ number: Int) -> Int? {
    visits.firstIndex { $0.step == step && $0.number == number }
  }

  mutating func change(_ step: StepID, _ number: Int, _ body: (inout Visit) -> Void) {
    guard let index = place(step, number) else {
      preconditionFailure("\(id): event \(events) names visit \(number) of \(step), which is not open")
    }
    body(&visits[index])
  }

  mutating func changeApproval(_ step: StepID, _ number: Int, _ body: (inout OpenApproval) -> Void) {
    change(step, number) { visit in
      guard case .approval(var approval) = visit.work else { return }
      body(&approval)
      visit.work = .approval(approval)
    }
  }

  mutating func record(_ decided: Decided, at: Timestamp) {
    changeApproval(decided.step, decided.visit) {
      $0.decisions.append(
        Decision(
          verdict: decided.verdict, by: decided.by, actingFor: decided.actingFor, reason: decided.reason,
          assurance: decided.assurance, at: at, level: decided.level, key: decided.key))
    }
  }

  mutating func lend(_ step: StepID, _ visit: Int, _ seat: PersonID, _ to: PersonID?) {
    changeApproval(step, visit) { approval in
      guard let index = approval.pool.firstIndex(where: { $0.person == seat }) else { return }
      if let to { approval.pool[index].lentTo.append(to) } else { approval.pool[index].lentTo = [] }
    }
  }

  /// They have lost their seats.
  mutating func unseat(_ step: StepID, _ visit: Int, _ people: [PersonID]) {
    changeApproval(step, visit) { $0.pool.removeAll { people.contains($0.person) } }
  }

  mutating func record(_ failed: AttemptFailed) {
    change(failed.step, failed.visit) { visit in
      guard case .job(var job) = visit.work else { return }
      job.failures = failed.attempt
      visit.work = .job(job)
      visit.timers.removeAll { $0.purpose == .retry }
      if let at = failed.retryAt { visit.timers.append(Timer(.retry, at: at)) }
    }
  }

  mutating func redeliver(_ step: StepID, _ visit: Int) {
    change(step, visit) { visit in
      guard case .job(var job) = visit.work else { return }
      job.redeliveries += 1
      visit.work = .job(job)
    }
  }

  mutating func escalate(_ escalated: Escalated) {
    change(escalated.step, escalated.visit) { visit in
      visit.timers.removeAll { $0.purpose == .escalate(escalated.index) }
      visit.work.reach(escalated.action, escalated.people)
    }
  }

  /// Reaches every visit that is open; nobody is asked whom an approval excludes.
  mutating func escalate(_ index: Int, _ action: Escalated.Action, _ people: [PersonID]) {
    timers.removeAll { $0.purpose == .escalate(index) }
    for index in visits.indices where visits[index].incident == nil {
      var people = people
      if case .approval(let approval) = visits[index].work {
        people.removeAll { person in approval.excluded.contains { $0.person == person } }
      }
      if !people.isEmpty { visits[index].work.reach(action, people) }
    }
  }

  mutating func open(_ opened: IncidentOpened, at: Timestamp) {
    let incident = Incident(code: opened.code, message: opened.message, since: at)
    if place(opened.step, opened.visit) == nil {
      add(opened.step, opened.visit, at, due: nil, timers: [], .blocked)
    }
    change(opened.step, opened.visit) { $0.incident = incident }
  }

  mutating func retry(_ step: StepID, _ number: Int) {
    guard let index = place(step, number) else { return }
    if case .job(var job) = visits[index].work {
      job.redeliveries = 0
      visits[index].work = .job(job)
      visits[index].incident = nil
      visits[index].timers.removeAll { $0.purpose == .retry }
    } else {
      releaseToken(step, number)
    }
  }
}

extension Visit.Work {
  /// Adds people to those asked, or puts them in place of those who have not decided.
  fileprivate mutating func reach(_ action: Escalated.Action, _ people: [PersonID]) {
    guard action != .remind else { return }
    switch self {
    case .task(var task):
      if action == .handOver { task.pool = [] }
      task.pool += people.filter { !task.pool.contains($0) }
      self = .task(task)
    case .approval(var approval):
      let used = Set(approval.decisions.map(\.seat))
      if action == .handOver { approval.pool.removeAll { !used.contains($0.person) } }
      approval.pool +=
        people
        .filter { person in !approval.pool.contains { $0.person == person } }
        .map { Seat(person: $0, because: ["escalation"]) }
      self = .approval(approval)
    case .job, .wait, .call, .state, .blocked: break
    }
  }
}
