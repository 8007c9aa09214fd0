import CEL

extension Rule {
  static let nobodyLeftToApprove = Rule(
    "W305", .error, "approval that some initiators block",
    why: """
      Nobody approves their own request. If the initiator is among the few who could decide, too few may be left, and the level is \
      blocked. The rule names who may start the workflow and would find nobody.
      """,
    wrong: """
      access: {start: [role:employee]}
      ...
      approvers: [person:maya]          # and if maya starts it?
      """,
    right: """
      approvers: [person:maya, role:director]
      """
  ) { subject in
    subject.workflow.levelPlaces.compactMap { place in
      let level = place.level
      guard level.approvers.allSatisfy(subject.isKnown) else { return nil }
      let short = subject.roster.starters.filter { initiator in
        guard let pool = subject.roster.pool(of: level, initiator: initiator),
          let whole = subject.roster.pool(of: level, initiator: initiator, withInitiator: true)
        else { return false }
        // Too few whoever starts it is said by other rules.
        return pool.count < level.fewest(of: pool.count) && whole.count >= level.fewest(of: whole.count)
      }
      guard let first = short.first else { return nil }
      let pool = subject.roster.pool(of: level, initiator: first) ?? []
      let isSame = short.allSatisfy { subject.roster.pool(of: level, initiator: $0) == pool }
      let only = isSame ? "only \(pool.sorted().listed) \(pool.count == 1 ? "is" : "are")" : "too few are"
      let left = pool.isEmpty ? "nobody is" : only
      return Remark(
        "if \(short.count > 3 ? short.listed : short.joined(separator: " or ")) \(short.count > 3 ? "start" : "starts") it, "
          + "\(left) left to decide"
          + (place.step.approval.map { $0.levels.count > 1 } ?? false ? " on '\(level.name)'" : ""),
        at: place.path + ["approvers"], hint: "ask others as well, or narrow 'access.start'")
    }
  }
}

/// A level of an approval, with its place.
struct LevelPlace: Sendable {
  var step: Step
  var index: Int
  var level: ApprovalStep.Level
  var path: [PathElement]
}

extension Workflow {
  var levelPlaces: [LevelPlace] {
    steps.flatMap { step -> [LevelPlace] in
      guard let approval = step.approval else { return [] }
      return approval.levels.enumerated().map {
        LevelPlace(step: step, index: $0, level: $1, path: step.path(ofLevel: $0, of: approval))
      }
    }
  }
}

extension ApprovalStep.Level {
  /// How many of a pool of that size must approve; at least one.
  func fewest(of size: Int) -> Int {
    switch require {
    case .count(let n): n
    case .percentage(let p): max(1, (size * p + 99) / 100)
    case .all, .eachGroup: 1
    }
  }
}

extension Roster {
  /// Who may decide on a level if that person started the instance; `nil` where only a running instance knows. Whom an
  /// `exclude` keeps out is left out as far as it is known.
  ///
  /// - Parameter withInitiator: as if the initiator were not kept out.
  func pool(of level: ApprovalStep.Level, initiator: PersonID, withInitiator: Bool = false) -> Set<PersonID>? {
    guard var pool = resolve(level.approvers, initiator: initiator) else { return nil }
    for selector in level.exclude { pool.subtract(resolve([selector], initiator: initiator) ?? []) }
    if !withInitiator, !level.separation.allowsInitiator { pool.remove(initiator) }
    return pool
  }
}
