import CEL
import WorkflowEngine

extension Event {
  /// Everything after `"event": ...`, in an order that never changes.
  func writeFields(to writer: inout RecordWriter) {
    switch self {
    case .started(let started): started.write(to: &writer)
    case .entered(let step, let visit, let token):
      writer.visit(step, visit)
      writer.field("token", token)
    case .taskOpened(let opened): opened.write(to: &writer)
    case .levelOpened(let opened): opened.write(to: &writer)
    case .levelSkipped(let step, let visit, let level): writer.level(step, visit, level)
    case .jobOpened(let opened): opened.write(to: &writer)
    case .waitOpened(let opened): opened.write(to: &writer)
    case .decided(let decided): decided.write(to: &writer)
    case .levelClosed(let step, let visit, let level, let outcome):
      writer.level(step, visit, level)
      writer.field("outcome", outcome)
    case .delegated(let step, let visit, let seat, let by, let to):
      writer.visit(step, visit)
      writer.field("seat", seat)
      writer.field("by", by)
      writer.field("to", ifPresent: to)
    case .unseated(let step, let visit, let people):
      writer.visit(step, visit)
      writer.field("people", unlessEmpty: people)
    case .superseded(let step, let visit), .redelivered(let step, let visit): writer.visit(step, visit)
    case .attemptFailed(let failed): failed.write(to: &writer)
    case .left(let left): left.write(to: &writer)
    case .forked(let forked): forked.write(to: &writer)
    case .eachOpened(let opened): opened.write(to: &writer)
    case .itemEntered(let step, let visit, let token, let frame):
      writer.visit(step, visit)
      writer.field("token", token)
      writer.field("frame", frame)
    case .itemEnded(let ended): ended.write(to: &writer)
    case .arrived(let step, let token):
      writer.field("step", step)
      writer.field("token", token)
    case .joined(let step, let visit, let frame, let token, let cancelled),
      .gathered(let step, let visit, let frame, let token, let cancelled):
      writer.visit(step, visit)
      writer.closing(frame, token, cancelled)
    case .frameClosed(let frame): writer.field("frame", frame)
    case .frameLeft(let frame, let token, let to, let cancelled):
      writer.field("to", to)
      writer.closing(frame, token, cancelled)
    default: writeBeside(to: &writer)
    }
  }

  /// Events beside the movement of tokens.
  private func writeBeside(to writer: inout RecordWriter) {
    switch self {
    case .callOpened(let opened): opened.write(to: &writer)
    case .childStarted(let step, let visit, let child):
      writer.visit(step, visit)
      writer.field("child", child.description)
    case .expired(let to, let token, let cancelled):
      writer.field("to", to)
      writer.field("token", token)
      writer.field("cancelled", cancelled)
    case .overdue(let index, let action, let people):
      writer.field("index", index)
      writer.field("action", action.rawValue)
      writer.field("people", unlessEmpty: people)
    case .questionAsked(let asked): asked.write(to: &writer)
    case .questionAnswered(let answered): answered.write(to: &writer)
    case .undoNoted(let noted): noted.write(to: &writer)
    case .undoBegun(let undoing): undoing.write(to: &writer)
    case .undoOpened(let step, let visit, let token, let undoes):
      writer.visit(step, visit)
      writer.field("token", token)
      writer.field("undoes", undoes)
    case .undone(let step, let visit, let undoes, let by, let reason):
      writer.visit(step, visit)
      writer.field("undoes", undoes)
      writer.field("by", ifPresent: by)
      writer.field("reason", ifPresent: reason)
    case .escalated(let escalated): escalated.write(to: &writer)
    case .notified(let delivery): delivery.write(to: &writer)
    case .delivered(let id): writer.field("id", id)
    case .deliveryFailed(let id, let code, let message, let notBefore):
      writer.field("id", id)
      writer.field("code", code)
      writer.field("message", message)
      writer.field("not-before", ifPresent: notBefore)
    case .incident(let opened): opened.write(to: &writer)
    case .retried(let step, let visit, let by, let reason), .reopened(let step, let visit, let by, let reason):
      writer.visit(step, visit)
      writer.said(by, reason)
    case .commented(let by, let text, let step):
      writer.field("by", by)
      writer.field("text", text)
      writer.field("step", ifPresent: step)
    case .late(let job, let outcome):
      writer.field("job", job)
      writer.field("outcome", outcome)
    case .suspended(let by, let reason), .resumed(let by, let reason), .cancelled(let by, let reason):
      writer.said(by, reason)
    case .completed(let outcome, let output):
      writer.field("outcome", outcome)
      writer.field("output", unlessEmpty: output)
    case .listened(let listened): listened.write(to: &writer)
    case .received(let received): received.write(to: &writer)
    case .stateOpened(let opened): opened.write(to: &writer)
    case .stayed(let stayed): stayed.write(to: &writer)
    case .sideBegun(let side): side.write(to: &writer)
    case .migrated(let migrated): migrated.write(to: &writer)
    default: preconditionFailure("no spelling for the event \(kind.rawValue)")
    }
  }
}

extension RecordWriter {
  mutating func visit(_ step: StepID, _ visit: Int) {
    field("step", step)
    field("visit", visit)
  }

  mutating func level(_ step: StepID, _ number: Int, _ level: String) {
    visit(step, number)
    field("level", level)
  }

  mutating func said(_ by: PersonID, _ reason: String?) {
    field("by", by)
    field("reason", ifPresent: reason)
  }

  mutating func closing(_ frame: Int, _ token: Int, _ cancelled: [VisitID]) {
    field("frame", frame)
    field("token", token)
    field("cancelled", cancelled)
  }

  mutating func field(_ name: StaticString, _ visits: [VisitID]) {
    field(name, unlessEmpty: visits.map { "\($0.step).\($0.visit)" })
  }
}
