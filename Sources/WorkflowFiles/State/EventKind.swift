package import WorkflowEngine

/// The words after `"event":` in a timeline; stable for ever.
package enum EventKind: String, Sendable, Hashable, CaseIterable {
  case started, entered
  case taskOpened = "task-opened"
  case levelOpened = "level-opened"
  case levelSkipped = "level-skipped"
  case jobOpened = "job-opened"
  case waitOpened = "wait-opened"
  case decided
  case levelClosed = "level-closed"
  case delegated, unseated, superseded
  case questionAsked = "question-asked"
  case questionAnswered = "question-answered"
  case attemptFailed = "attempt-failed"
  case redelivered
  case left, forked, arrived, joined
  case frameClosed = "frame-closed"
  case frameLeft = "frame-left"
  case escalated, notified, delivered
  case deliveryFailed = "delivery-failed"
  case eachOpened = "each-opened"
  case itemEntered = "item-entered"
  case itemEnded = "item-ended"
  case gathered
  case callOpened = "call-opened"
  case childStarted = "child-started"
  case expired, overdue
  case undoNoted = "undo-noted"
  case undoBegun = "undo-begun"
  case undoOpened = "undo-opened"
  case undone
  case incident, retried, reopened, commented, late, suspended, resumed, cancelled, completed
  case listened, received
  case sideBegun = "side-begun"
  case stateOpened = "state-opened"
  case stayed, migrated
}

extension Event {
  package var kind: EventKind {
    switch self {
    case .started: .started
    case .entered: .entered
    case .taskOpened: .taskOpened
    case .levelOpened: .levelOpened
    case .levelSkipped: .levelSkipped
    case .jobOpened: .jobOpened
    case .waitOpened: .waitOpened
    case .decided: .decided
    case .levelClosed: .levelClosed
    case .delegated: .delegated
    case .questionAsked: .questionAsked
    case .questionAnswered: .questionAnswered
    case .unseated: .unseated
    case .superseded: .superseded
    case .attemptFailed: .attemptFailed
    case .redelivered: .redelivered
    case .left: .left
    case .forked: .forked
    case .eachOpened: .eachOpened
    case .itemEntered: .itemEntered
    case .itemEnded: .itemEnded
    case .gathered: .gathered
    case .callOpened: .callOpened
    case .childStarted: .childStarted
    case .expired: .expired
    case .overdue: .overdue
    case .undoNoted: .undoNoted
    case .undoBegun: .undoBegun
    case .undoOpened: .undoOpened
    case .undone: .undone
    case .arrived: .arrived
    case .joined: .joined
    case .frameClosed: .frameClosed
    case .frameLeft: .frameLeft
    case .escalated: .escalated
    case .notified: .notified
    case .delivered: .delivered
    case .deliveryFailed: .deliveryFailed
    case .incident: .incident
    case .retried: .retried
    case .reopened: .reopened
    case .commented: .commented
    case .late: .late
    case .suspended: .suspended
    case .resumed: .resumed
    case .cancelled: .cancelled
    case .completed: .completed
    case .listened: .listened
    case .received: .received
    case .sideBegun: .sideBegun
    case .stateOpened: .stateOpened
    case .stayed: .stayed
    case .migrated: .migrated
    }
  }
}
