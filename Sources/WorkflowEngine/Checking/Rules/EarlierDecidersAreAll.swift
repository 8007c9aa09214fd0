extension Rule {
  static let earlierDecidersAreAll = Rule(
    "W315", .warning, "level that earlier deciders may empty",
    why: """
      Who has decided on an earlier level may not decide again. If the earlier deciders can be all, or nearly all, whom this level \
      asks, it may be blocked.
      """,
    wrong: """
      levels:
        - {name: team, approvers: [role:finance]}
        - {name: head, approvers: [person:marcus]}      # marcus is in finance; if he decided on 'team', nobody is left
      """,
    right: """
      levels:
        - {name: team, approvers: [role:finance], exclude: [person:marcus]}
        - {name: head, approvers: [person:marcus]}
      """
  ) { subject in
    subject.workflow.steps.flatMap { step -> [Remark] in
      guard let approval = step.approval, approval.levels.count > 1 else { return [] }
      return approval.levels.indices.dropFirst().compactMap { index in
        subject.roster.starters.lazy.compactMap { initiator in
          subject.roster.scarcity(at: index, of: approval.levels, initiator: initiator).map { (initiator, $0) }
        }.first.map { initiator, deciders in
          Remark(
            "if \(initiator) starts it and \(deciders.sorted().listed) decided before, too few are left here",
            at: step.path(ofLevel: index, of: approval) + ["approvers"],
            hint: "ask others as well, or exclude them from the earlier levels")
        }
      }
    }
  }
}

extension Roster {
  /// Deciders of earlier levels who together would leave too few on a level; `nil` if none can.
  fileprivate func scarcity(at index: Int, of levels: [ApprovalStep.Level], initiator: PersonID) -> Set<PersonID>? {
    let level = levels[index]
    guard !level.separation.allowsEarlierLevels, let pool = pool(of: level, initiator: initiator) else { return nil }
    let needed = level.fewest(of: pool.count)
    guard pool.count >= needed else { return nil }
    var gone: Set<PersonID> = []
    for earlier in levels[..<index] {
      guard let deciders = self.pool(of: earlier, initiator: initiator) else { continue }
      let common = deciders.intersection(pool).subtracting(gone).sorted()
      let most = if case .all = earlier.require { deciders.count } else { earlier.fewest(of: deciders.count) }
      gone.formUnion(common.prefix(most))
    }
    return pool.count - gone.count < level.fewest(of: pool.count - gone.count) ? gone : nil
  }
}
