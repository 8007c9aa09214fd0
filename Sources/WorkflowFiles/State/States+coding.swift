import CEL
import WorkflowEngine

extension Offer {
  func write(to writer: inout RecordWriter) {
    writer.map {
      $0.field("move", move)
      $0.field("index", index)
      if let pool { $0.field("pool", pool) }
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let move = try reader.text("move")
      let index = try reader.int("index")
      guard reader.has("pool") else { return Offer(move: move, index: index, pool: nil) }
      return Offer(
        move: move, index: index, pool: try reader.list { reader throws(RecordError) in try reader.text() })
    }
  }
}

extension StateOpened {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.key("offers")
    writer.list(offers) { $1.write(to: &$0) }
    writer.field("due", ifPresent: due)
    writer.field("timers", timers)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    try reader.key("offers")
    self.init(
      step: visit.step, visit: visit.visit,
      offers: try reader.list { reader throws(RecordError) in try Offer(from: &reader) },
      due: try reader.instant(ifPresent: "due"), timers: try reader.timers())
  }
}

extension Stayed {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("move", move)
    writer.field("by", by)
    writer.field("output", unlessNull: output)
    writer.field("vars", unlessEmpty: vars)
    writer.field("unset", unlessEmpty: unset)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, move: try reader.text("move"), by: try reader.text("by"),
      output: try reader.value(ifPresent: "output") ?? .null, vars: try reader.valueMap(ifPresent: "vars"),
      unset: try reader.texts(ifPresent: "unset"))
  }
}
