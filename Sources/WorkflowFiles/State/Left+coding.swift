import CEL
import WorkflowEngine

extension Left {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("token", token)
    writer.field("outcome", outcome)
    writer.field("output", unlessNull: output)
    writer.field("by", ifPresent: by)
    writer.field("reason", ifPresent: reason)
    writer.field("vars", unlessEmpty: vars)
    writer.field("unset", unlessEmpty: unset)
    writer.field("to", ifPresent: to)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, token: try reader.int("token"), outcome: try reader.text("outcome"),
      output: try reader.value(ifPresent: "output") ?? .null, by: try reader.text(ifPresent: "by"),
      reason: try reader.text(ifPresent: "reason"), vars: try reader.valueMap(ifPresent: "vars"),
      unset: try reader.texts(ifPresent: "unset"), to: try reader.text(ifPresent: "to"))
  }
}

extension Forked {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("token", token)
    writer.field("frame", frame)
    writer.key("branches")
    writer.list(branches) { writer, branch in
      writer.map {
        $0.field("token", branch.token)
        $0.field("to", branch.to)
      }
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    let token = try reader.int("token")
    let frame = try reader.int("frame")
    try reader.key("branches")
    let branches = try reader.list { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in
        Branch(token: try reader.int("token"), to: try reader.text("to"))
      }
    }
    self.init(step: visit.step, visit: visit.visit, token: token, frame: frame, branches: branches)
  }
}
