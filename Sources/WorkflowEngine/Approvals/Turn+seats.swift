extension Turn {
  /// Takes the seats of people who are no longer selected, in every open level, and settles what that changes: `all` may
  /// be met by those who are left; a number that the people left cannot reach blocks the level.
  mutating func settleSeats() {
    guard !state.isSuspended, !state.status.isEnded else { return }
    for visit in state.visits where visit.incident == nil {
      guard case .approval(let open) = visit.work else { continue }
      let gone = unselected(in: open, of: visit)
      guard !gone.isEmpty else { continue }
      emit(.unseated(step: visit.step, visit: visit.number, people: gone))
      settleLevel(visit.place)
      blockIfUnreachable(visit.place, without: gone)
    }
  }

  /// Whose seat is lost: not selected any more, and without a decision that stands. Those whom an escalation added stay
  /// as long as `people.yaml` knows them. Where the selection cannot be evaluated now, nobody loses anything.
  private func unselected(in open: OpenApproval, of visit: Visit) -> [PersonID] {
    guard let step = workflow.step(visit.step), let approval = step.approval,
      approval.levels.indices.contains(open.level),
      let selected = try? resolve(approval.levels[open.level].approvers, evaluation(of: step, at: visit.place))
    else { return [] }
    let named = Set(selected.map(\.person))
    let used = Set(standing(open.decisions).map(\.seat))
    return open.pool
      .filter { seat in
        let isAdded = seat.because.contains("escalation") && context.policy.isActive(seat.person)
        return !used.contains(seat.person) && !named.contains(seat.person) && !isAdded
      }
      .map(\.person)
  }

  /// A lawful decision stands, unless the person or the key was revoked since.
  func standing(_ decisions: [Decision]) -> [Decision] { decisions.filter(context.policy.upholds) }

  private mutating func blockIfUnreachable(_ place: Place, without gone: [PersonID]) {
    guard let visit = state.visit(place.step, place.visit), visit.incident == nil,
      case .approval(let open) = visit.work, !open.rule.isReachable(pool: open.pool)
    else { return }
    let left = open.pool.map(\.person).joined(separator: ", ")
    block(
      place,
      StepFailure(
        code: "nobody",
        message: "level '\(open.levelName)' lost \(gone.joined(separator: ", ")), who may no longer decide; "
          + (left.isEmpty ? "nobody is left" : "only \(left) may, too few")))
  }
}
