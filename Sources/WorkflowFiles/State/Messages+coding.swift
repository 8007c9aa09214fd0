import CEL
import WorkflowEngine

extension Listening {
  func write(to writer: inout RecordWriter) {
    writer.map {
      $0.field("message", event)
      $0.field("key", ifPresent: key)
      $0.field("handler", handler)
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      Listening(
        event: try reader.text("message"), key: try reader.value(ifPresent: "key"), handler: try reader.int("handler"))
    }
  }
}

extension Listened {
  func write(to writer: inout RecordWriter) {
    if let visit { writer.visit(visit.step, visit.visit) }
    writer.key("for")
    writer.list(channels) { $1.write(to: &$0) }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visitIfPresent()
    try reader.key("for")
    self.init(
      visit: visit, channels: try reader.list { reader throws(RecordError) in try Listening(from: &reader) })
  }
}

extension Received {
  func write(to writer: inout RecordWriter) {
    if let visit { writer.visit(visit.step, visit.visit) }
    writer.field("number", message)
    writer.field("message", event)
    writer.field("key", ifPresent: key)
    writer.field("source", ifPresent: source)
    writer.field("id", ifPresent: id)
    writer.field("by", by)
    writer.field("payload", unlessNull: payload)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visitIfPresent()
    self.init(
      message: try reader.int("number"), event: try reader.text("message"), key: try reader.text(ifPresent: "key"),
      source: try reader.text(ifPresent: "source"), id: try reader.text(ifPresent: "id"), by: try reader.text("by"),
      visit: visit, payload: try reader.value(ifPresent: "payload") ?? .null)
  }
}

extension SideBegun {
  func write(to writer: inout RecordWriter) {
    writer.field("frame", frame)
    writer.field("token", token)
    writer.field("to", to)
    writer.field("parent", parent.frame)
    writer.field("branch", parent.branch)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self.init(
      frame: try reader.int("frame"), token: try reader.int("token"), to: try reader.text("to"),
      parent: Frame.Parent(frame: try reader.int("parent"), branch: try reader.int("branch")))
  }
}

extension RecordReader {
  fileprivate mutating func visitIfPresent() throws(RecordError) -> VisitID? {
    has("step") ? VisitID(step: try text(), visit: try int("visit")) : nil
  }
}
