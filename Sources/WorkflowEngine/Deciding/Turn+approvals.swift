package import CEL

extension Turn {
  mutating func open(_ approval: ApprovalStep, _ step: Step, _ place: Place) throws(StepFailure) {
    try openLevel(from: 0, approval, step, place, earlier: [])
  }

  /// Opens the first level at or after `index` whose condition holds; none left ends the visit.
  private mutating func openLevel(
    from index: Int, _ approval: ApprovalStep, _ step: Step, _ place: Place, earlier: [Decision]
  ) throws(StepFailure) {
    let evaluation = evaluation(of: step, at: place)
    for (number, level) in approval.levels.enumerated().dropFirst(index) {
      if let when = level.when, try !evaluation.truth(of: when, "levels.\(level.name).when") {
        emit(.levelSkipped(step: step.id, visit: place.visit, level: level.name))
        continue
      }
      let opened = try opened(level, number: number, approval, step, place, earlier: earlier, evaluation)
      emit(.levelOpened(opened))
      return ask(opened.pool.map(\.holder), step, visit: place.visit)
    }
    // Every level was skipped, or the levels before this one have approved.
    let isAsked = !earlier.isEmpty
    try leave(
      place, outcome: isAsked ? "approved" : "not_needed", output: Self.output(of: earlier),
      by: earlier.last?.by, reason: earlier.last?.reason)
  }

  private func opened(
    _ level: ApprovalStep.Level, number: Int, _ approval: ApprovalStep, _ step: Step, _ place: Place,
    earlier: [Decision], _ evaluation: Evaluation
  ) throws(StepFailure) -> LevelOpened {
    let (pool, excluded) = try pool(of: level, earlier: earlier, evaluation)
    var groups: [String] = []
    for selector in level.approvers { groups += try evaluation.groups(of: selector).map(\.label) }
    let rule = ApprovalRule(
      needed: level.needed(poolSize: pool.count, groups: groups), rejectWhen: level.rejectWhen,
      delegates: level.delegates,
      assurance: level.assurance)
    guard rule.isReachable(pool: pool) else {
      throw StepFailure(code: "nobody", message: Self.blocked(level, pool: pool, excluded: excluded))
    }
    let shown = try evaluation.shown(approval.show)
    let digest = digest(of: shown)
    return LevelOpened(
      step: step.id, visit: place.visit, level: number, name: level.name, shown: shown, digest: digest,
      nonce: nonce(place, level: level.name, digest: digest), pool: pool, excluded: excluded, rule: rule,
      due: try due(after: level.due ?? step.due),
      timers: try kept(timers(of: step, escalations: level.escalate), of: place))
  }

  /// `expires` bounds the whole step: a later level keeps the instant that the first one computed.
  private func kept(_ timers: [Timer], of place: Place) -> [Timer] {
    guard let first = state.visit(place.step, place.visit)?.timers.first(where: { $0.purpose == .expires }) else {
      return timers
    }
    return timers.map { $0.purpose == .expires ? first : $0 }
  }

  private static func blocked(_ level: ApprovalStep.Level, pool: [Seat], excluded: [Exclusion]) -> String {
    let asked = level.approvers.map(\.description).joined(separator: ", ")
    let who = excluded.map { "\($0.person) (\($0.because))" }.joined(separator: ", ")
    return "level '\(level.name)' asks \(asked): "
      + (pool.isEmpty ? "nobody is left" : "only \(pool.map(\.person).joined(separator: ", ")) may decide, too few")
      + (excluded.isEmpty ? "" : "; excluded: \(who)")
  }

  func digest(of shown: [Shown]) -> String {
    let facts = Value.list(shown.map { ["label": .string($0.label), "value": $0.value] })
    guard let bytes = try? facts.canonicalJSON() else {
      preconditionFailure("a shown value is not one that the record can keep")
    }
    return context.digest(bytes)
  }

  private func nonce(_ place: Place, level: String, digest: String) -> String {
    let words = "\(state.id) \(place.step) \(place.visit) \(level) \(state.events) \(digest) \(context.now)"
    return String(context.digest(Array(words.utf8)).prefix(32))
  }

  // MARK: Deciding

  mutating func decide(_ decide: Command.Decide) throws(Rejection) {
    let (visit, open) = try openApproval(step: decide.step, visit: decide.visit) { _, open in
      seat(of: command.principal, in: open) != nil
    }
    guard visit.incident == nil else {
      throw Rejection(.conflict, "'\(visit.step)' of \(state.id) is blocked: \(visit.incident?.message ?? "")")
    }
    try refuseStale(decide, visit, open)
    let used = try usableSeat(in: open, visit: visit)
    if let seat = decide.seat, seat != used.person {
      throw Rejection(
        .stale, "this decision was written for the seat of \(seat); \(command.principal) has that of \(used.person)")
    }
    if decide.verdict == .sendBack, workflow.step(visit.step)?.then["returned"] == nil {
      throw Rejection(.invalid, "'\(visit.step)' has no way back: its file names no step for 'returned'")
    }
    if decide.verdict != .approve, (decide.reason ?? "").trimmingSpaces.isEmpty {
      throw Rejection(.invalid, "say why: a \(decide.verdict.rawValue) needs a reason")
    }
    try refuseUnproved(open.rule.assurance)
    emit(
      .decided(
        Decided(
          step: visit.step, visit: visit.number, level: open.levelName, verdict: decide.verdict, by: command.principal,
          actingFor: used.person == command.principal ? nil : used.person, reason: decide.reason,
          assurance: command.assurance, evidence: command.evidence, key: command.key)))
    settleLevel(visit.place)
  }

  private func refuseStale(_ decide: Command.Decide, _ visit: Visit, _ open: OpenApproval) throws(Rejection) {
    if let level = decide.level, level != open.levelName {
      throw Rejection(.closed, "level '\(level)' is closed; '\(open.levelName)' is open now")
    }
    if let digest = decide.digest, digest != open.digest {
      throw Rejection(.stale, "what was shown has changed since; look again and decide on what is there now")
    }
    if let nonce = decide.nonce, nonce != open.nonce {
      throw Rejection(.stale, "this decision was written for an earlier request; look again and decide on the new one")
    }
    if let definition = decide.definition, definition != state.definition {
      throw Rejection(.stale, "this decision was written for another version of \(state.workflow); look again")
    }
  }

  /// The seat that the principal may use: their own, one lent to them, or one of an absent person they cover.
  func seat(of person: PersonID, in open: OpenApproval) -> Seat? {
    open.pool.first { $0.holder == person } ?? context.policy.coveredSeat(of: person, in: open, at: context.now)
  }

  private func usableSeat(in open: OpenApproval, visit: Visit) throws(Rejection) -> Seat {
    let me = command.principal
    let standing = standing(open.decisions)
    if standing.contains(where: { $0.by == me }) {
      throw Rejection(.conflict, "\(me) has already decided on level '\(open.levelName)'")
    }
    if let exclusion = open.excluded.first(where: { $0.person == me }) {
      throw Rejection(.notAllowed, "\(me) may not decide here: \(exclusion.because)")
    }
    guard let seat = self.seat(of: me, in: open) else {
      let lent = open.pool.first { $0.person == me }?.holder
      throw Rejection(
        .notAllowed,
        lent.map { "\(me) has delegated this decision to \($0)" } ?? "\(me) is not asked at level '\(open.levelName)'",
        hint: "asked are: \(open.pool.map(\.holder).joined(separator: ", "))")
    }
    if standing.contains(where: { $0.seat == seat.person }) {
      throw Rejection(.conflict, "the seat of \(seat.person) is already used")
    }
    try refuseUnselected(seat, visit: visit)
    return seat
  }

  /// Leaving the selection takes the seat of a person who has not decided.
  private func refuseUnselected(_ seat: Seat, visit: Visit) throws(Rejection) {
    guard !seat.because.contains("escalation"), let step = workflow.step(visit.step),
      let definition = step.approval, case .approval(let open) = visit.work
    else { return }
    let level = definition.levels[open.level]
    let selected = (try? resolve(level.approvers, evaluation(of: step, at: visit.place))) ?? []
    guard selected.contains(where: { $0.person == seat.person }) else {
      throw Rejection(
        .notAllowed,
        "\(seat.person) is no longer selected by \(level.approvers.map(\.description).joined(separator: ", "))")
    }
  }

  /// Closes the open level when its rule says so, and goes on to the next level or out of the step.
  mutating func settleLevel(_ place: Place) {
    guard let visit = state.visit(place.step, place.visit), case .approval(let open) = visit.work,
      let verdict = open.rule.verdict(of: standing(open.decisions), pool: open.pool)
    else { return }
    emit(.levelClosed(step: place.step, visit: place.visit, level: open.levelName, outcome: verdict))
    let decisions = open.earlier + open.decisions
    guard verdict == "approved", let step = workflow.step(place.step), let definition = step.approval else {
      let last = open.decisions.last
      return finish(
        place, outcome: verdict, output: Self.output(of: decisions), by: command.principal, reason: last?.reason)
    }
    do throws(StepFailure) {
      try openLevel(from: open.level + 1, definition, step, place, earlier: decisions)
    } catch {
      block(place, error)
    }
  }

  /// `result` of an approval: `{by, reason, decisions}`.
  private static func output(of decisions: [Decision]) -> Value {
    .map([
      "by": decisions.last.map { .string($0.by) } ?? .null,
      "reason": decisions.last?.reason.map { .string($0) } ?? .null,
      "decisions": .list(
        decisions.map { decision in
          [
            "level": .string(decision.level), "decision": .string(decision.verdict.rawValue),
            "by": .string(decision.by),
            "acting_for": decision.actingFor.map { .string($0) } ?? .null,
            "reason": decision.reason.map { .string($0) } ?? .null,
            "at": .string(decision.at.rfc3339Milliseconds),
          ]
        }),
    ])
  }

  // MARK: Lending, taking back, superseding

  mutating func delegate(step: StepID?, to: PersonID?, seat: PersonID?) throws(Rejection) {
    let (visit, open) = try openApproval(step: step, visit: nil) { _, open in
      open.pool.contains { $0.holder == command.principal }
    }
    try refuseHearsay(open)
    let owner = seat ?? command.principal
    guard let mine = open.pool.first(where: { $0.person == owner || ($0.holder == command.principal && seat == nil) }),
      mine.person == command.principal || mine.holder == command.principal
    else { throw Rejection(.notAllowed, "\(command.principal) has no seat at level '\(open.levelName)'") }
    guard !open.decisions.contains(where: { $0.seat == mine.person }) else {
      throw Rejection(.closed, "the seat of \(mine.person) is already used")
    }
    if let to { try refuseDelegate(to, of: mine, open, visit) }
    emit(.delegated(step: visit.step, visit: visit.number, seat: mine.person, by: command.principal, to: to))
    if let to, let step = workflow.step(visit.step) { ask([to], step, visit: visit.number) }
  }

  private func refuseDelegate(_ to: PersonID, of seat: Seat, _ open: OpenApproval, _ visit: Visit) throws(Rejection) {
    guard context.policy.isActive(to) else { throw Rejection(.invalid, "nobody is called '\(to)' in people.yaml") }
    guard seat.lentTo.count < 3 else { throw Rejection(.conflict, "a seat is lent on at most three times") }
    guard to != seat.person, !seat.lentTo.contains(to) else {
      throw Rejection(.conflict, "\(to) has already held this seat; lending in a circle is refused")
    }
    if let exclusion = open.excluded.first(where: { $0.person == to }) {
      throw Rejection(.notAllowed, "\(to) may not decide here: \(exclusion.because)")
    }
    let isDeputy = context.policy.people.people[seat.person]?.deputies.contains(to) ?? false
    let isSelected = open.pool.contains { $0.person == to }
    switch open.rule.delegates {
    case .anyone: return
    case .deputies where isDeputy || isSelected: return
    case .deputies:
      throw Rejection(.notAllowed, "\(to) is neither a deputy of \(seat.person) nor asked at this level")
    case .none: throw Rejection(.notAllowed, "level '\(open.levelName)' allows no delegation")
    }
  }

  mutating func withdraw(step: StepID?, visit: Int?, reason: String?) throws(Rejection) {
    guard command.principal == state.initiator else {
      throw Rejection(.notAllowed, "only \(state.initiator), who started \(state.id), may withdraw it")
    }
    let (visit, open) = try openApproval(step: step, visit: visit)
    try refuseHearsay(open)
    if workflow.step(visit.step)?.then["withdrawn"] != nil {
      finish(
        visit.place, outcome: "withdrawn", output: Self.output(of: open.earlier + open.decisions),
        by: command.principal, reason: reason)
    } else {
      giveUp(by: command.principal, reason: reason)
    }
  }

  /// Ends approval visits whose shown values have changed; they open again at the first level.
  mutating func supersedeStaleApprovals() -> Bool {
    guard !state.status.isEnded else { return false }
    var changed = false
    for visit in state.visits where visit.incident == nil {
      guard case .approval(let open) = visit.work, let step = workflow.step(visit.step),
        let definition = step.approval,
        let shown = try? evaluation(of: step, at: visit.place).shown(definition.show), digest(of: shown) != open.digest
      else { continue }
      emit(.superseded(step: visit.step, visit: visit.number))
      changed = true
    }
    return changed
  }
}
