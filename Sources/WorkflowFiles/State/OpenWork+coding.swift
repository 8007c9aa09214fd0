import CEL
import WorkflowEngine

extension OpenTask {
  func write(to writer: inout RecordWriter) {
    writer.field("pool", pool)
    writer.field("prefill", unlessEmpty: prefill)
    writer.field("shown", shown)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    try reader.key("pool")
    self.init(
      pool: try reader.list { reader throws(RecordError) in try reader.text() },
      prefill: try reader.valueMap(ifPresent: "prefill"), shown: try reader.shown())
  }
}

extension OpenApproval {
  func write(to writer: inout RecordWriter) {
    writer.field("level", levelName)
    writer.field("index", level)
    writer.field("pool", pool)
    writer.field("excluded", excluded)
    writer.field("rule", rule)
    writer.field("shown", shown)
    writer.field("digest", digest)
    writer.field("nonce", nonce)
    writer.field("decisions", unlessEmpty: decisions) { $1.write(to: &$0) }
    writer.field("earlier", unlessEmpty: earlier) { $1.write(to: &$0) }
    writer.field("questions", unlessEmpty: questions) { $1.write(to: &$0) }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let name = try reader.text("level")
    let level = try reader.int("index")
    let pool = try reader.seats()
    let excluded = try reader.exclusions()
    let rule = try reader.rule()
    self.init(
      level: level, levelName: name, shown: try reader.shown(), digest: try reader.text("digest"),
      nonce: try reader.text("nonce"), pool: pool, excluded: excluded, rule: rule)
    decisions = try reader.items("decisions") { reader throws(RecordError) in try Decision(from: &reader) }
    earlier = try reader.items("earlier") { reader throws(RecordError) in try Decision(from: &reader) }
    questions = try reader.items("questions") { reader throws(RecordError) in try Question(from: &reader) }
  }
}

extension OpenJob {
  func write(to writer: inout RecordWriter) {
    writer.field("uses", uses)
    writer.field("request", unlessEmpty: request)
    if failures != 0 { writer.field("failures", failures) }
    if redeliveries != 0 { writer.field("redeliveries", redeliveries) }
    writer.field("timeout", timeout)
    if let undoes { writer.field("undoes", undoes) }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let uses = try reader.text("uses")
    let request = try reader.valueMap(ifPresent: "request")
    let failures = try reader.int("failures", default: 0)
    let redeliveries = try reader.int("redeliveries", default: 0)
    self.init(uses: uses, request: request, timeout: try reader.duration("timeout"))
    self.failures = failures
    self.redeliveries = redeliveries
    undoes = reader.has("undoes") ? try reader.int() : nil
  }
}

extension OpenWait {
  func write(to writer: inout RecordWriter) {
    writer.field("message", ifPresent: event)
    writer.field("key", ifPresent: key)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self.init(event: try reader.text(ifPresent: "message"), key: try reader.value(ifPresent: "key"))
  }
}
