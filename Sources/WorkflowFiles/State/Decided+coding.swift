import CEL
import WorkflowEngine

extension Decided {
  func write(to writer: inout RecordWriter) {
    writer.level(step, visit, level)
    writer.field("decision", verdict.rawValue)
    writer.field("by", by)
    writer.field("for", ifPresent: actingFor)
    writer.field("reason", ifPresent: reason)
    writer.field("assurance", assurance.rawValue)
    writer.field("evidence", ifPresent: evidence)
    writer.field("key", ifPresent: key)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    let level = try reader.text("level")
    self.init(
      step: visit.step, visit: visit.visit, level: level, verdict: try reader.word(field: "decision"),
      by: try reader.text("by"), actingFor: try reader.text(ifPresent: "for"),
      reason: try reader.text(ifPresent: "reason"), assurance: try reader.word(field: "assurance"),
      evidence: try reader.text(ifPresent: "evidence"), key: try reader.text(ifPresent: "key"))
  }
}

extension Decision {
  func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.field("level", level)
      writer.field("decision", verdict.rawValue)
      writer.field("by", by)
      writer.field("for", ifPresent: actingFor)
      writer.field("reason", ifPresent: reason)
      writer.field("assurance", assurance.rawValue)
      writer.field("at", at)
      writer.field("key", ifPresent: key)
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let level = try reader.text("level")
      return Decision(
        verdict: try reader.word(field: "decision"), by: try reader.text("by"),
        actingFor: try reader.text(ifPresent: "for"),
        reason: try reader.text(ifPresent: "reason"), assurance: try reader.word(field: "assurance"),
        at: try reader.instant("at"), level: level, key: try reader.text(ifPresent: "key"))
    }
  }
}

extension Escalated {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("index", index)
    writer.field("action", action.rawValue)
    writer.field("people", unlessEmpty: people)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, index: try reader.int("index"), action: try reader.word(field: "action"),
      people: try reader.texts(ifPresent: "people"))
  }
}
