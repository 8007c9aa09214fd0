import CEL
import WorkflowEngine

extension TaskOpened {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("pool", pool)
    writer.field("prefill", unlessEmpty: prefill)
    writer.field("shown", shown)
    writer.field("due", ifPresent: due)
    writer.field("timers", timers)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    try reader.key("pool")
    self.init(
      step: visit.step, visit: visit.visit, pool: try reader.list { reader throws(RecordError) in try reader.text() },
      prefill: try reader.valueMap(ifPresent: "prefill"), shown: try reader.shown(),
      due: try reader.instant(ifPresent: "due"), timers: try reader.timers())
  }
}

extension LevelOpened {
  func write(to writer: inout RecordWriter) {
    writer.level(step, visit, name)
    writer.field("index", level)
    writer.field("pool", pool)
    writer.field("excluded", excluded)
    writer.field("rule", rule)
    writer.field("shown", shown)
    writer.field("digest", digest)
    writer.field("nonce", nonce)
    writer.field("due", ifPresent: due)
    writer.field("timers", timers)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    let name = try reader.text("level")
    let level = try reader.int("index")
    let pool = try reader.seats()
    let excluded = try reader.exclusions()
    let rule = try reader.rule()
    self.init(
      step: visit.step, visit: visit.visit, level: level, name: name, shown: try reader.shown(),
      digest: try reader.text("digest"), nonce: try reader.text("nonce"), pool: pool, excluded: excluded, rule: rule,
      due: try reader.instant(ifPresent: "due"), timers: try reader.timers())
  }
}

extension JobOpened {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("uses", uses)
    writer.field("request", unlessEmpty: request)
    writer.field("timeout", timeout)
    writer.field("timers", timers)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, uses: try reader.text("uses"),
      request: try reader.valueMap(ifPresent: "request"), timeout: try reader.duration("timeout"),
      timers: try reader.timers())
  }
}

extension WaitOpened {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("message", ifPresent: event)
    writer.field("key", ifPresent: key)
    writer.field("timers", timers)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, event: try reader.text(ifPresent: "message"),
      key: try reader.value(ifPresent: "key"), timers: try reader.timers())
  }
}
