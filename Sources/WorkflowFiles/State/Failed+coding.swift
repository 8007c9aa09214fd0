import CEL
import WorkflowEngine

extension AttemptFailed {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("attempt", attempt)
    writer.field("code", code)
    writer.field("message", message)
    writer.field("retry-at", ifPresent: retryAt)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, attempt: try reader.int("attempt"), code: try reader.text("code"),
      message: try reader.text("message"), retryAt: try reader.instant(ifPresent: "retry-at"))
  }
}

extension IncidentOpened {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("token", token)
    writer.field("code", code)
    writer.field("message", message)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, token: try reader.int("token"), code: try reader.text("code"),
      message: try reader.text("message"))
  }
}

extension Delivery {
  /// The fields alone: a `notified` event, or an entry of `owed:`.
  func write(to writer: inout RecordWriter) {
    writer.field("id", id)
    writer.field("step", step)
    writer.field("to", to)
    writer.field("channel", ifPresent: channel)
    writer.field("subject", subject)
    writer.field("body", body)
    writer.field("language", ifPresent: language)
    if attempts != 0 { writer.field("attempts", attempts) }
    writer.field("not-before", ifPresent: notBefore)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let id = try reader.text("id")
    let step = try reader.text("step")
    try reader.key("to")
    self.init(
      id: id, step: step, to: try reader.list { reader throws(RecordError) in try reader.text() },
      channel: try reader.text(ifPresent: "channel"), subject: try reader.text("subject"),
      body: try reader.text("body"))
    language = try reader.text(ifPresent: "language")
    attempts = try reader.int("attempts", default: 0)
    notBefore = try reader.instant(ifPresent: "not-before")
  }
}
