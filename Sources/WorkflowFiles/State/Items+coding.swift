import CEL
import WorkflowEngine

extension EachOpened {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("token", token)
    writer.field("frame", frame)
    writer.key("items")
    writer.list(items) { $0.member($1) }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    let token = try reader.int("token")
    let frame = try reader.int("frame")
    try reader.key("items")
    self.init(
      step: visit.step, visit: visit.visit, token: token, frame: frame,
      items: try reader.list { reader throws(RecordError) in try reader.value() })
  }
}

extension ItemEnded {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("token", token)
    writer.field("outcome", outcome)
    writer.field("output", unlessNull: output)
    writer.field("by", ifPresent: by)
    writer.field("reason", ifPresent: reason)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, token: try reader.int("token"), outcome: try reader.text("outcome"),
      output: try reader.value(ifPresent: "output") ?? .null, by: try reader.text(ifPresent: "by"),
      reason: try reader.text(ifPresent: "reason"))
  }
}

extension Items {
  /// In the head, behind the branches of a frame: `visit: 1, entered: 2, items: [{item: ..., outcome: ...}]`.
  func write(to writer: inout RecordWriter) {
    writer.field("visit", visit)
    writer.field("entered", entered)
    writer.key("items")
    writer.list(list) { writer, item in
      writer.map { writer in
        writer.key("item")
        writer.member(item.value)
        guard let result = item.result else { return }
        writer.field("outcome", result.outcome)
        writer.field("output", unlessNull: result.output)
        writer.field("by", ifPresent: result.by)
      }
    }
  }

  init?(ifPresentIn reader: inout RecordReader) throws(RecordError) {
    guard reader.has("visit") else { return nil }
    let visit = try reader.int()
    let entered = try reader.int("entered")
    try reader.key("items")
    self.init(visit: visit, list: try reader.list { reader throws(RecordError) in try Item(from: &reader) })
    self.entered = entered
  }
}

extension Items.Item {
  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      try reader.key("item")
      let value = try reader.value()
      guard let outcome = try reader.text(ifPresent: "outcome") else { return Items.Item(value: value) }
      let output = try reader.value(ifPresent: "output") ?? .null
      return Items.Item(
        value: value, result: ItemResult(outcome: outcome, output: output, by: try reader.text(ifPresent: "by")))
    }
  }
}
