package import CEL

extension ApprovalStep.Level {
  /// The number needed is fixed when the level opens.
  ///
  /// - Parameter groups: what the selectors name now, for `each-group`.
  func needed(poolSize: Int, groups: [String]) -> ApprovalRule.Needed {
    switch require {
    case .count(let n): .count(n)
    case .percentage(let p): .count(max(1, (poolSize * p + 99) / 100))
    case .all: .all
    case .eachGroup: .eachGroup(groups)
    }
  }
}

extension ApprovalRule {
  /// Whether the pool can approve at all; an unreachable level is blocked, never passed, rejected or lowered.
  func isReachable(pool: [Seat]) -> Bool {
    guard !pool.isEmpty else { return false }
    return switch needed {
    case .count(let n): pool.count >= n
    case .all: true
    case .eachGroup(let groups): groups.allSatisfy { group in pool.contains { $0.because.contains(group) } }
    }
  }

  /// `approved`, `rejected`, `returned`, or `nil` while the level stays open.
  package func verdict(of decisions: [Decision], pool: [Seat]) -> Outcome? {
    if decisions.contains(where: { $0.verdict == .sendBack }) { return "returned" }
    let seats = { (verdict: Decision.Verdict) in
      Set(decisions.filter { $0.verdict == verdict }.map(\.seat))
    }
    let approving = seats(.approve)
    let rejecting = seats(.reject)
    if rejectWhen == .any, !rejecting.isEmpty { return "rejected" }
    if isMet(by: approving, pool: pool) { return "approved" }
    let stillPossible = Set(pool.map(\.person)).subtracting(rejecting).union(approving)
    return rejecting.isEmpty || isMet(by: stillPossible, pool: pool) ? nil : "rejected"
  }

  private func isMet(by seats: Set<PersonID>, pool: [Seat]) -> Bool {
    switch needed {
    case .count(let n): seats.count >= n
    case .all: pool.allSatisfy { seats.contains($0.person) }
    case .eachGroup(let groups):
      groups.allSatisfy { group in pool.contains { seats.contains($0.person) && $0.because.contains(group) } }
    }
  }
}
