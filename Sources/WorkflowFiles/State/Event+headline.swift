package import WorkflowEngine

extension Event {
  /// A few words with ids and handles alone: `manager_approval approved by alice`.
  package var headline: String {
    switch self {
    case .started(let started): "started by \(started.by)"
    case .entered(let step, _, _): "entered \(step)"
    case .taskOpened(let opened): "\(opened.step) waits for \(opened.pool.listed)"
    case .levelOpened(let opened): "\(opened.step) waits for \(opened.pool.map(\.holder).listed)"
    case .levelSkipped(let step, _, let level): "\(step): level \(level) not needed"
    case .jobOpened(let opened): "\(opened.step) waits for \(opened.uses)"
    case .waitOpened(let opened): "\(opened.step) waits" + (opened.event.map { " for \($0)" } ?? "")
    case .decided(let decided): "\(decided.step) \(decided.verdict.past) by \(decided.by)" + decided.forWhom
    case .levelClosed(let step, _, let level, let outcome): "\(step): level \(level) \(outcome)"
    case .delegated(let step, _, let seat, let by, let to):
      to.map { "\(step): seat of \(seat) lent to \($0) by \(by)" } ?? "\(step): seat of \(seat) taken back by \(by)"
    case .unseated(let step, _, let people): "\(step) no longer asks \(people.listed)"
    case .superseded(let step, _): "\(step) asked anew"
    case .attemptFailed(let failed): "\(failed.step) attempt \(failed.attempt) failed: \(failed.code)"
    case .redelivered(let step, _): "\(step) handed out again"
    case .left(let left): "\(left.step) \(left.outcome)" + (left.by.map { " by \($0)" } ?? "")
    default: headlineBeside
    }
  }

  private var headlineBeside: String {
    switch self {
    case .forked(let forked): "\(forked.step) forked into \(forked.branches.map(\.to).listed)"
    case .eachOpened(let opened): "\(opened.step) begun for \(opened.items.count) items"
    case .itemEntered(let step, _, _, _): "\(step): next item"
    case .itemEnded(let ended): "\(ended.step) \(ended.outcome) for an item" + (ended.by.map { " by \($0)" } ?? "")
    case .gathered(let step, _, _, _, _): "\(step) done with its items"
    case .arrived(let step, _): "a branch reached \(step)"
    case .joined(let step, _, _, _, _): "\(step) joined"
    case .frameClosed(let frame): "frame \(frame) closed"
    case .frameLeft(_, _, let to, _): "left early for \(to)"
    case .escalated(let escalated): "\(escalated.step) escalated to \(escalated.people.listed)"
    case .notified(let delivery): "\(delivery.step) told \(delivery.to.listed)"
    case .delivered(let id): "\(step(of: id)) delivered"
    case .deliveryFailed(let id, let code, _, _): "\(step(of: id)) not delivered: \(code)"
    case .incident(let opened): "\(opened.step) needs an operator: \(opened.code)"
    case .questionAsked(let asked): "\(asked.step): \(asked.by) asks \(asked.to)"
    case .questionAnswered(let answered): "\(answered.step): answered by \(answered.by)"
    case .retried(let step, _, let by, _): "\(step) retried by \(by)"
    case .reopened(let step, _, let by, _): "\(step) reopened by \(by)"
    case .commented(let by, _, _): "comment by \(by)"
    case .late(let job, _): "late result of \(step(of: job))"
    case .callOpened(let opened): "\(opened.step) calls \(opened.workflow)"
    case .childStarted(let step, _, let child): "\(step) started \(child)"
    case .expired(let to, _, _): "time was up, on to \(to)"
    case .overdue(_, _, let people): "taking long, \(people.listed) told"
    case .undoNoted(let noted): "\(noted.step) can be taken back"
    case .undoBegun(let undoing): undoing.by.map { "given up by \($0)" } ?? "what was done is taken back"
    case .undoOpened(let step, _, _, _): "\(step) is being taken back"
    case .undone(let step, _, _, let by, _): by.map { "\(step) not taken back, by \($0)" } ?? "\(step) taken back"
    case .suspended(let by, _): "suspended by \(by)"
    case .resumed(let by, _): "resumed by \(by)"
    case .cancelled(let by, _): "cancelled by \(by)"
    case .listened(let listened):
      "\(listened.visit?.step ?? "the instance") listens for \(Array(Set(listened.channels.map(\.event))).sorted().joined(separator: ", "))"
    case .received(let received): "\(received.event) received from \(received.by)"
    case .stateOpened(let opened): "\(opened.step) entered"
    case .stayed(let stayed): "\(stayed.step) \(stayed.move) by \(stayed.by)"
    case .sideBegun(let side): "\(side.to) begun beside"
    case .migrated(let migrated): "on to version \(migrated.version) by \(migrated.by)"
    case .completed(let outcome, _): outcome == "completed" ? "completed" : "completed: \(outcome)"
    default: kind.rawValue
    }
  }

  /// `tell_paid` of the owed work `expense-approval-42.tell_paid.1`.
  private func step(of work: String) -> String {
    let parts = work.split(separator: ".")
    return parts.count > 2 ? String(parts[parts.count - 2]) : work
  }

  /// How much people care, among the events of one batch: what somebody did comes before what followed from it.
  var weight: Int {
    switch self {
    case .decided, .started, .cancelled, .undoBegun, .suspended, .resumed, .retried, .reopened, .delegated, .received,
      .stayed,
      .migrated, .questionAsked, .questionAnswered:
      5
    case .left(let left) where left.by != nil: 5
    case .itemEnded(let ended) where ended.by != nil: 5
    case .incident: 4
    case .completed, .expired, .overdue, .attemptFailed, .escalated, .superseded: 3
    case .commented, .late, .deliveryFailed: 2
    case .left, .itemEnded, .levelClosed, .taskOpened, .levelOpened, .jobOpened, .waitOpened, .stateOpened,
      .callOpened, .childStarted:
      1
    default: 0
    }
  }
}

extension Decided {
  var forWhom: String { actingFor.map { " for \($0)" } ?? "" }
}

extension Decision.Verdict {
  /// `approved`, `rejected`, `returned`
  package var past: String {
    switch self {
    case .approve: "approved"
    case .reject: "rejected"
    case .sendBack: "returned"
    }
  }
}

extension [PersonID] {
  /// `alice, bob and 3 others`; a subject stays short.
  fileprivate var listed: String {
    switch count {
    case 0: "nobody"
    case 1: self[0]
    case 2: "\(self[0]) and \(self[1])"
    default: "\(self[0]), \(self[1]) and \(count - 2) \(count == 3 ? "other" : "others")"
    }
  }
}
