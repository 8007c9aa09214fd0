/// An event that does not follow on the events before it.
package struct Incoherence: Error, Sendable, Hashable, CustomStringConvertible {
  /// Number of the event.
  package var event: Int
  /// One sentence without a full stop.
  package var words: String

  package var description: String { "event \(event): \(words)" }
}

extension Instance {
  /// The fold of a timeline that may have been tampered with: where ``fold(_:)`` would stop the process, because an event
  /// names what is not there, this says so.
  package static func checkedFold(_ entries: some Sequence<Entry>) throws(Incoherence) -> Instance? {
    var instance: Instance?
    var number = 0
    for entry in entries {
      number += 1
      if entry.number != number { throw Incoherence(event: entry.number, words: "is the \(number). of the timeline") }
      if let words = gap(before: entry.event, in: instance) { throw Incoherence(event: entry.number, words: words) }
      evolve(&instance, entry)
    }
    return instance
  }

  private static func gap(before event: Event, in instance: Instance?) -> String? {
    guard let instance else {
      if case .started = event { return nil }
      return "comes before the start"
    }
    return instance.status.isEnded ? instance.gapAfterEnd(event) : instance.gap(event)
  }

  /// What may still be said of an instance that has ended.
  private func gapAfterEnd(_ event: Event) -> String? {
    switch event {
    case .late, .commented, .notified, .delivered, .deliveryFailed: nil
    default: "comes after the end"
    }
  }

  /// What the event names and the state does not have. No `default`: a new event is judged here or does not compile.
  private func gap(_ event: Event) -> String? {
    switch event {
    case .started: "starts again"
    case .entered(_, _, let token): lacks(token: token)
    case .left(let left): left.to == nil ? lacks(branchOf: left.token) : lacks(token: left.token)
    case .arrived(_, let token): lacks(branchOf: token)
    case .forked(let forked): lacks(branchOf: forked.token) ?? holds(tokens: forked.branches.map(\.token))
    case .eachOpened(let opened): lacks(branchOf: opened.token)
    case .itemEntered(_, _, let token, let frame): lacksItem(in: frame) ?? holds(tokens: [token])
    case .itemEnded(let ended): lacks(itemOf: ended.token)
    case .joined(_, _, let frame, let token, _), .gathered(_, _, let frame, let token, _):
      lacks(frame: frame) ?? holds(tokens: [token])
    case .frameClosed(let frame): lacks(frame: frame)
    case .frameLeft(let frame, let token, _, _): (frame == 0 ? nil : lacks(frame: frame)) ?? holds(tokens: [token])
    case .expired(_, let token, _): holds(tokens: [token])
    case .sideBegun(let side): lacks(branch: side.parent) ?? holds(tokens: [side.token])
    case .undoOpened(let step, _, let token, let undoes): lacksUndo(of: step, undoes) ?? holds(tokens: [token])
    case .taskOpened(let opened): lacksToken(in: opened.step, opened.visit)
    case .levelOpened(let opened): lacksToken(in: opened.step, opened.visit)
    case .jobOpened(let opened): lacksToken(in: opened.step, opened.visit)
    case .waitOpened(let opened): lacksToken(in: opened.step, opened.visit)
    case .callOpened(let opened): lacksToken(in: opened.step, opened.visit)
    case .stateOpened(let opened): lacksToken(in: opened.step, opened.visit)
    case .incident(let opened): lacksToken(in: opened.step, opened.visit)
    case .redelivered(let step, let visit): lacksVisit(step, visit)
    case .superseded(let step, let visit), .retried(let step, let visit, _, _): lacksToken(in: step, visit)
    case .reopened(let step, let visit, _, _): lacksToken(in: step, visit)
    case .decided(let decided): lacksVisit(decided.step, decided.visit)
    case .delegated(let step, let visit, _, _, _), .unseated(let step, let visit, _): lacksVisit(step, visit)
    case .questionAsked(let asked): lacksVisit(asked.step, asked.visit)
    case .questionAnswered(let answered): lacksVisit(answered.step, answered.visit)
    case .levelClosed(let step, let visit, _, _), .childStarted(let step, let visit, _): lacksVisit(step, visit)
    case .attemptFailed(let failed): lacksVisit(failed.step, failed.visit)
    case .escalated(let escalated): lacksVisit(escalated.step, escalated.visit)
    case .stayed(let stayed): lacksVisit(stayed.step, stayed.visit)
    case .undone(let step, let visit, _, _, _): lacksVisit(step, visit)
    case .listened(let listened): listened.visit.flatMap { lacksVisit($0.step, $0.visit) }
    case .received(let received): received.visit.flatMap { lacksVisit($0.step, $0.visit) }
    case .migrated(let migrated): gap(migrated)
    case .levelSkipped, .overdue, .notified, .delivered, .deliveryFailed, .undoNoted, .undoBegun, .commented, .late,
      .suspended, .resumed, .cancelled, .completed:
      nil
    }
  }

  private func gap(_ migrated: Migrated) -> String? {
    if migrated.version <= version { return "moves to version \(migrated.version), which is not later than \(version)" }
    for branch in migrated.dropped {
      if let gap = lacks(branch: branch) { return gap }
      if frames.first(where: { $0.id == branch.frame })?.items != nil { return "ends an item as if it were a branch" }
    }
    let moved = migrated.reopened + migrated.kept.map { VisitID(step: $0.step, visit: $0.visit) }
    let gaps = moved.lazy.compactMap { lacksToken(in: $0.step, $0.visit) ?? lacksVisit($0.step, $0.visit) }
    if let gap = gaps.first { return gap }
    if Set(moved + migrated.cancelled).count != moved.count + migrated.cancelled.count { return "moves a visit twice" }
    let named = Set(moved + migrated.cancelled)
    let forgotten = visits.first { !named.contains(VisitID(step: $0.step, visit: $0.number)) }
    return forgotten.map { "does not say what becomes of \($0.step).\($0.number)" }
  }

  // MARK: What is there

  private func lacks(token: Int) -> String? {
    tokens.contains { $0.id == token } ? nil : "names token \(token), which is not there"
  }

  /// A number is given to one token only.
  private func holds(tokens new: [Int]) -> String? {
    new.first { $0 <= lastToken }.map { "makes token \($0), which has been there" }
  }

  /// A branch of a gateway, not an item.
  private func lacks(branchOf token: Int) -> String? {
    guard let token = tokens.first(where: { $0.id == token }) else { return lacks(token: token) }
    let frame = frames.first { $0.id == token.frame }
    return frame?.branches.indices.contains(token.branch) == true
      ? nil : "names token \(token.id), which goes along no branch"
  }

  private func lacks(itemOf token: Int) -> String? {
    guard let token = tokens.first(where: { $0.id == token }) else { return lacks(token: token) }
    let items = frames.first { $0.id == token.frame }?.items
    return items?.list.indices.contains(token.branch) == true ? nil : "names token \(token.id), which holds no item"
  }

  private func lacksItem(in frame: Int) -> String? {
    guard let items = frames.first(where: { $0.id == frame })?.items else {
      return "names frame \(frame), which holds no items"
    }
    return items.list.indices.contains(items.entered) ? nil : "enters more items than frame \(frame) holds"
  }

  /// A frame inside another.
  private func lacks(frame id: Int) -> String? {
    frames.contains { $0.id == id && $0.parent != nil } ? nil : "names frame \(id), which is not open"
  }

  private func lacks(branch place: Frame.Parent) -> String? {
    let frame = frames.first { $0.id == place.frame }
    let branches = frame?.items?.list.indices ?? frame?.branches.indices
    return branches?.contains(place.branch) == true ? nil : "goes beside branch \(place.branch) of frame \(place.frame)"
  }

  private func lacksUndo(of step: StepID, _ visit: Int) -> String? {
    undos.contains { $0.step == step && $0.visit == visit } ? nil : "takes back \(step).\(visit), which was never noted"
  }

  private func lacksToken(in step: StepID, _ visit: Int) -> String? {
    tokens.contains { $0.step == step && $0.visit == visit } ? nil : "names \(step).\(visit), where no token is"
  }

  private func lacksVisit(_ step: StepID, _ visit: Int) -> String? {
    self.visit(step, visit) == nil ? "names \(step).\(visit), which is not open" : nil
  }
}
