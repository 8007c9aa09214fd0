import CEL
import WorkflowEngine

extension NotedUndo {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("uses", uses)
    writer.field("request", unlessEmpty: request)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, uses: try reader.text("uses"),
      request: try reader.valueMap(ifPresent: "request"))
  }
}

extension Undoing {
  func write(to writer: inout RecordWriter) {
    writer.field("by", ifPresent: by)
    writer.field("reason", ifPresent: reason)
    writer.field("outcome", ifPresent: outcome)
    writer.field("output", unlessEmpty: output)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self.init(
      by: try reader.text(ifPresent: "by"), reason: try reader.text(ifPresent: "reason"),
      outcome: try reader.text(ifPresent: "outcome"), output: try reader.valueMap(ifPresent: "output"))
  }
}
