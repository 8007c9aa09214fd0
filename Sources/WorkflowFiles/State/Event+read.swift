import WorkflowEngine

extension Event {
  init(_ kind: EventKind, from reader: inout RecordReader) throws(RecordError) {
    switch kind {
    case .started: self = .started(try Started(from: &reader))
    case .entered:
      let visit = try reader.visit()
      self = .entered(step: visit.step, visit: visit.visit, token: try reader.int("token"))
    case .taskOpened: self = .taskOpened(try TaskOpened(from: &reader))
    case .levelOpened: self = .levelOpened(try LevelOpened(from: &reader))
    case .levelSkipped:
      let visit = try reader.visit()
      self = .levelSkipped(step: visit.step, visit: visit.visit, level: try reader.text("level"))
    case .jobOpened: self = .jobOpened(try JobOpened(from: &reader))
    case .waitOpened: self = .waitOpened(try WaitOpened(from: &reader))
    case .decided: self = .decided(try Decided(from: &reader))
    case .levelClosed:
      let visit = try reader.visit()
      self = .levelClosed(
        step: visit.step, visit: visit.visit, level: try reader.text("level"), outcome: try reader.text("outcome"))
    case .delegated:
      let visit = try reader.visit()
      self = .delegated(
        step: visit.step, visit: visit.visit, seat: try reader.text("seat"), by: try reader.text("by"),
        to: try reader.text(ifPresent: "to"))
    case .unseated:
      let visit = try reader.visit()
      self = .unseated(step: visit.step, visit: visit.visit, people: try reader.texts(ifPresent: "people"))
    case .superseded:
      let visit = try reader.visit()
      self = .superseded(step: visit.step, visit: visit.visit)
    case .redelivered:
      let visit = try reader.visit()
      self = .redelivered(step: visit.step, visit: visit.visit)
    case .attemptFailed: self = .attemptFailed(try AttemptFailed(from: &reader))
    case .left: self = .left(try Left(from: &reader))
    case .forked: self = .forked(try Forked(from: &reader))
    case .eachOpened: self = .eachOpened(try EachOpened(from: &reader))
    case .itemEntered:
      let visit = try reader.visit()
      self = .itemEntered(
        step: visit.step, visit: visit.visit, token: try reader.int("token"), frame: try reader.int("frame"))
    case .itemEnded: self = .itemEnded(try ItemEnded(from: &reader))
    case .arrived: self = .arrived(step: try reader.text("step"), token: try reader.int("token"))
    case .joined, .gathered:
      let (visit, closing) = (try reader.visit(), try reader.closing())
      let (step, number, frame, token) = (visit.step, visit.visit, closing.frame, closing.token)
      self =
        kind == .joined
        ? .joined(step: step, visit: number, frame: frame, token: token, cancelled: closing.cancelled)
        : .gathered(step: step, visit: number, frame: frame, token: token, cancelled: closing.cancelled)
    case .frameClosed: self = .frameClosed(frame: try reader.int("frame"))
    case .frameLeft:
      let to = try reader.text("to")
      let closing = try reader.closing()
      self = .frameLeft(frame: closing.frame, token: closing.token, to: to, cancelled: closing.cancelled)
    case .questionAsked: self = .questionAsked(try QuestionAsked(from: &reader))
    case .questionAnswered: self = .questionAnswered(try QuestionAnswered(from: &reader))
    default: try self.init(beside: kind, from: &reader)
    }
  }

  /// Events beside the movement of tokens.
  private init(beside kind: EventKind, from reader: inout RecordReader) throws(RecordError) {
    switch kind {
    case .callOpened: self = .callOpened(try CallOpened(from: &reader))
    case .childStarted:
      let visit = try reader.visit()
      self = .childStarted(step: visit.step, visit: visit.visit, child: try reader.instanceID("child"))
    case .expired:
      self = .expired(
        to: try reader.text("to"), token: try reader.int("token"), cancelled: try reader.visits("cancelled"))
    case .overdue:
      self = .overdue(
        index: try reader.int("index"), action: try reader.word(field: "action"),
        people: try reader.texts(ifPresent: "people"))
    case .undoNoted: self = .undoNoted(try NotedUndo(from: &reader))
    case .undoBegun: self = .undoBegun(try Undoing(from: &reader))
    case .undoOpened:
      let visit = try reader.visit()
      self = .undoOpened(
        step: visit.step, visit: visit.visit, token: try reader.int("token"), undoes: try reader.int("undoes"))
    case .undone:
      let visit = try reader.visit()
      self = .undone(
        step: visit.step, visit: visit.visit, undoes: try reader.int("undoes"), by: try reader.text(ifPresent: "by"),
        reason: try reader.text(ifPresent: "reason"))
    case .escalated: self = .escalated(try Escalated(from: &reader))
    case .notified: self = .notified(try Delivery(from: &reader))
    case .delivered: self = .delivered(id: try reader.text("id"))
    case .deliveryFailed:
      self = .deliveryFailed(
        id: try reader.text("id"), code: try reader.text("code"), message: try reader.text("message"),
        notBefore: try reader.instant(ifPresent: "not-before"))
    case .incident: self = .incident(try IncidentOpened(from: &reader))
    case .retried, .reopened:
      let visit = try reader.visit()
      let (by, reason) = try reader.said()
      self =
        kind == .retried
        ? .retried(step: visit.step, visit: visit.visit, by: by, reason: reason)
        : .reopened(step: visit.step, visit: visit.visit, by: by, reason: reason)
    case .commented:
      self = .commented(
        by: try reader.text("by"), text: try reader.text("text"), step: try reader.text(ifPresent: "step"))
    case .late: self = .late(job: try reader.text("job"), outcome: try reader.text("outcome"))
    case .suspended, .resumed, .cancelled:
      let (by, reason) = try reader.said()
      self =
        kind == .suspended
        ? .suspended(by: by, reason: reason)
        : kind == .resumed ? .resumed(by: by, reason: reason) : .cancelled(by: by, reason: reason)
    case .completed:
      self = .completed(outcome: try reader.text("outcome"), output: try reader.valueMap(ifPresent: "output"))
    case .listened: self = .listened(try Listened(from: &reader))
    case .received: self = .received(try Received(from: &reader))
    case .stateOpened: self = .stateOpened(try StateOpened(from: &reader))
    case .stayed: self = .stayed(try Stayed(from: &reader))
    case .sideBegun: self = .sideBegun(try SideBegun(from: &reader))
    case .migrated: self = .migrated(try Migrated(from: &reader))
    default: preconditionFailure("no reading for the event \(kind.rawValue)")
    }
  }
}

extension RecordReader {
  mutating func visit() throws(RecordError) -> VisitID {
    VisitID(step: try text("step"), visit: try int("visit"))
  }

  mutating func said() throws(RecordError) -> (by: PersonID, reason: String?) {
    (try text("by"), try text(ifPresent: "reason"))
  }

  mutating func closing() throws(RecordError) -> (frame: Int, token: Int, cancelled: [VisitID]) {
    let frame = try int("frame")
    let token = try int("token")
    return (frame, token, try visits("cancelled"))
  }

  mutating func visits(_ name: StaticString) throws(RecordError) -> [VisitID] {
    try items(name) { reader throws(RecordError) in try reader.visitID() }
  }

  /// `manager_approval.1`
  private mutating func visitID() throws(RecordError) -> VisitID {
    let place = position
    let text = try text()
    guard let dot = text.lastIndex(of: "."), let visit = Int(text[text.index(after: dot)...]) else {
      throw error(.expected("a visit such as 'review.1'"), at: place)
    }
    return VisitID(step: String(text[..<dot]), visit: visit)
  }
}
