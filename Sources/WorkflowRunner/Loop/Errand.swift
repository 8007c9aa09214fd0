import HashTreeCollections
package import WorkflowEngine

/// What instances owe each other. Derived from their state, so that nothing is lost with the process.
package enum Errand: Sendable, Hashable {
  /// The child of a visit is to be started.
  case start(caller: Int, VisitID)
  /// Nobody waits for the child any more.
  case abandon(child: Int)

  /// What follows from a change of an instance.
  static func arising(from before: Instance?, to after: Instance) -> [Errand] {
    guard after.callsOthers || before?.callsOthers == true else { return [] }
    let known = Set(before?.callsOwed.map(\.visit.id) ?? [])
    let started = after.callsOwed.map(\.visit.id).filter { !known.contains($0) }
    let left = Set(before?.children ?? []).subtracting(after.children)
    return started.map { .start(caller: after.id.number, $0) } + left.sorted().map { .abandon(child: $0.number) }
  }
}

extension Instance {
  fileprivate var callsOthers: Bool { visits.contains { $0.call != nil } }
}

extension Visit {
  fileprivate var id: VisitID { VisitID(step: step, visit: number) }
}

extension World {
  /// Children that outlived the visits that called them: their cancelling was owed when the process ended.
  var orphans: [Errand] {
    live.values.compactMap { child in
      child.status.isEnded || isAwaited(child) ? nil : .abandon(child: child.id.number)
    }
  }

  /// Whether a visit waits for the instance, or nobody called it.
  func isAwaited(_ child: Instance) -> Bool {
    guard let caller = child.caller else { return true }
    return live[caller.instance.number]?.visit(caller.step, caller.visit)?.call?.child == child.id
  }
}
