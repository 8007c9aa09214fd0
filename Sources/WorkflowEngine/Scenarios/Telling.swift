import CEL

/// Goes through a timeline and tells who did what, what services said and when time passed. What the engine does by itself is
/// not told.
struct Telling {
  private let workflow: Workflow
  /// Shorter stretches of time are passed over.
  private let shortest: Duration
  private var scenario: Scenario
  /// Up to where time has been told.
  private var now: Timestamp
  private var stuck: Set<VisitID> = []
  /// Items by their visits, counted from 1.
  private var items: [VisitID: Int] = [:]
  private var itemsOfFrame: [Int: Int] = [:]
  /// Visits that only gather what became of their items.
  private var gathering: Set<VisitID> = []
  private var approvals: Set<VisitID> = []
  /// As it stood before the event that is told.
  private var instance: Instance?
  /// When children began.
  private var begun: [VisitID: Timestamp] = [:]
  private var children: [StepID: [Int: Scenario.Child]] = [:]
  private var answers: [StepID: [(visit: Int, answer: Scenario.Answer)]] = [:]
  /// A message whose payload stands in what its visit left.
  private var arriving: (message: Received, at: Timestamp)?

  init(_ name: String, of workflow: Workflow, _ started: Started, at: Timestamp, shortest: Duration) {
    (self.workflow, self.shortest, now) = (workflow, shortest, at)
    scenario = Scenario(name: name, at: at, by: started.by, input: .map(started.input))
  }

  mutating func story(of entries: [Entry]) -> Scenario {
    for entry in entries {
      tell(entry.event, entry.at)
      note(entry.event, entry.at)
      Instance.evolve(&instance, entry)
    }
    if let last = entries.last { pass(to: last.at) }
    // Attempts of one visit in their order; of several visits, those of the earlier one first.
    scenario.answers = answers.mapValues { told in
      told.enumerated().sorted { ($0.element.visit, $0.offset) < ($1.element.visit, $1.offset) }.map(\.element.answer)
    }
    scenario.children = Dictionary(uniqueKeysWithValues: children.map { ($0, inOrder($1, of: $0)) })
    return scenario
  }

  /// A story counts the visits of a call, or its items; those that had no child of their own share the next one's.
  private func inOrder(_ told: [Int: Scenario.Child], of step: StepID) -> [Scenario.Child] {
    let visits = told.keys.sorted()
    let counted = (1...(visits.last ?? 1)).filter { !gathering.contains(VisitID(step: step, visit: $0)) }
    return counted.compactMap { visit in visits.first { $0 >= visit }.flatMap { told[$0] } }
  }

  /// Which of the open visits of its step, counted from 1: of an `each` the item; nothing where only one is open.
  private func item(of visit: VisitID) -> Int? {
    if let item = items[visit] { return item }
    let open = instance?.visits.filter { $0.step == visit.step } ?? []
    guard open.count > 1 else { return nil }
    return open.firstIndex { $0.number == visit.visit }.map { $0 + 1 }
  }

  private mutating func pass(to at: Timestamp) {
    guard at - now > shortest else { return }
    scenario.acts.append(.advanceTo(at))
    now = at
  }

  private mutating func act(
    _ at: Timestamp, by person: PersonID, _ action: Command.Action, assurance: Assurance = .session,
    item visit: VisitID? = nil
  ) {
    pass(to: at)
    let command = Command(by: person, assurance: assurance, action)
    scenario.acts.append(.command(command, item: visit.flatMap(item), refused: nil))
  }

  /// What later events are understood by.
  private mutating func note(_ event: Event, _ at: Timestamp) {
    switch event {
    case .incident(let incident): stuck.insert(VisitID(step: incident.step, visit: incident.visit))
    case .retried(let step, let visit, _, _): stuck.remove(VisitID(step: step, visit: visit))
    case .left(let left): stuck.remove(VisitID(step: left.step, visit: left.visit))
    case .itemEnded(let ended): stuck.remove(VisitID(step: ended.step, visit: ended.visit))
    case .itemEntered(let step, let visit, _, let frame):
      itemsOfFrame[frame, default: 0] += 1
      items[VisitID(step: step, visit: visit)] = itemsOfFrame[frame]
    case .eachOpened(let opened): gathering.insert(VisitID(step: opened.step, visit: opened.visit))
    case .levelOpened(let opened): approvals.insert(VisitID(step: opened.step, visit: opened.visit))
    case .levelSkipped(let step, let visit, _): approvals.insert(VisitID(step: step, visit: visit))
    case .childStarted(let step, let visit, _): begun[VisitID(step: step, visit: visit)] = at
    default: break
    }
  }
}

// MARK: Event by event

extension Telling {
  private mutating func tell(_ event: Event, _ at: Timestamp) {
    switch event {
    case .decided(let decided):
      let decide = Command.Decide(step: decided.step, decided.verdict, reason: decided.reason)
      let visit = VisitID(step: decided.step, visit: decided.visit)
      act(at, by: decided.by, .decide(decide), assurance: decided.assurance, item: visit)
    case .delegated(let step, _, _, let by, let to): act(at, by: by, .delegate(step: step, to: to, seat: nil))
    case .questionAsked(let asked):
      act(at, by: asked.by, .ask(asked.text, of: asked.to, step: asked.step, visit: nil))
    case .questionAnswered(let answered):
      act(
        at, by: answered.by, .answer(answered.text, question: answered.number, step: answered.step, visit: nil))
    case .received(let message): receive(message, at)
    case .stayed(let stayed): move(stayed.move, at, by: stayed.by, stayed.output)
    case .attemptFailed(let failed):
      answers[failed.step, default: []].append((failed.visit, .fails(code: failed.code, message: failed.message)))
    case .left(let left):
      end(
        VisitID(step: left.step, visit: left.visit), at, outcome: left.outcome, left.output, by: left.by,
        reason: left.reason)
    case .itemEnded(let ended):
      end(
        VisitID(step: ended.step, visit: ended.visit), at, outcome: ended.outcome, ended.output, by: ended.by,
        reason: ended.reason)
    default: operate(event, at)
    }
  }

  /// What operators do.
  private mutating func operate(_ event: Event, _ at: Timestamp) {
    switch event {
    case .retried(let step, _, let by, let reason): act(at, by: by, .retry(step: step, reason: reason))
    case .reopened(let step, _, let by, let reason): act(at, by: by, .reopen(step: step, reason: reason))
    case .suspended(let by, let reason): act(at, by: by, .suspend(reason: reason))
    case .resumed(let by, let reason): act(at, by: by, .resume(reason: reason))
    case .undoBegun(let undoing): if let by = undoing.by { act(at, by: by, .cancel(reason: undoing.reason)) }
    case .cancelled(let by, let reason): if !isTakingBack { act(at, by: by, .cancel(reason: reason)) }
    case .undone(let step, let visit, _, let by?, let reason):
      stuck.remove(VisitID(step: step, visit: visit))
      act(at, by: by, .skip(step: step, outcome: nil, result: nil, reason: reason ?? ""))
    case .incident(let incident) where incident.code == CallStep.refused:
      children[incident.step, default: [:]][incident.visit] = Scenario.Child(.refused(incident.message))
    case .undone(let step, let visit, _, nil, _): answers[step, default: []].append((visit, .done([:])))
    default: break
    }
  }

  /// Whether a cancellation was told already, with what it takes back.
  private var isTakingBack: Bool {
    guard case .command(let command, _, _)? = scenario.acts.last, case .cancel = command.action else { return false }
    return true
  }

  private mutating func receive(_ message: Received, _ at: Timestamp) {
    if message.payload == .null { arriving = (message, at) } else { send(message, at, message.payload) }
  }

  private mutating func send(_ received: Received, _ at: Timestamp, _ payload: Value) {
    let message = Message(
      number: 1, event: received.event, key: received.key, source: nil, id: nil, payload: payload.unlessEmpty ?? [:])
    act(at, by: received.by, .receive(message))
  }

  private mutating func move(_ name: String, _ at: Timestamp, by person: PersonID, _ output: Value) {
    if let (message, at) = arriving {
      arriving = nil
      return send(message, at, output)
    }
    act(at, by: person, .move(name, step: nil, visit: nil, result: output.unlessEmpty ?? [:]))
  }

  /// A visit, of an item or not, that ended: by a person, a message, a service or a child, or by itself.
  private mutating func end(
    _ visit: VisitID, _ at: Timestamp, outcome: Outcome, _ output: Value, by person: PersonID?, reason: String?
  ) {
    if let (message, at) = arriving {
      arriving = nil
      return send(message, at, output)
    }
    guard !gathering.contains(visit) else { return }
    if let person, stuck.contains(visit) {
      return act(
        at, by: person, .skip(step: visit.step, outcome: outcome, result: output.unlessEmpty, reason: reason ?? ""))
    }
    if approvals.contains(visit) {
      if let person, outcome == "withdrawn" { act(at, by: person, .withdraw(step: visit.step, reason: reason)) }
      return
    }
    switch (workflow.step(visit.step)?.kind, person) {
    case (.task?, let person?):
      act(
        at, by: person, .complete(step: visit.step, visit: nil, outcome: outcome, result: output.unlessEmpty ?? .null),
        item: visit)
    case (.state?, let person?): move(outcome, at, by: person, output)
    case (.service(let service)?, nil) where outcome == "done":
      answers[visit.step, default: []].append((visit.visit, .done(service.answered(output))))
    case (.call?, nil): endChild(of: visit, at, outcome, output)
    default: break
    }
  }

  private mutating func endChild(of visit: VisitID, _ at: Timestamp, _ outcome: Outcome, _ output: Value) {
    let end: Scenario.Child.End =
      output["code"] == .string(CallStep.refused)
      ? .refused(output["message"]?.text ?? "") : .outcome(outcome, output: output.mapValue ?? [:])
    let after = begun[visit].flatMap { at - $0 > shortest ? TimeSpan.elapsed(at - $0) : nil }
    children[visit.step, default: [:]][visit.visit] = Scenario.Child(end, after: after)
  }
}

extension Value {
  /// A result that says nothing is not told.
  fileprivate var unlessEmpty: Value? { self == .null || self == .map([:]) ? nil : self }
}
