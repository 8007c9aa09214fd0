import CEL
import WorkflowEngine

extension Token {
  func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.field("id", id)
      writer.field("step", step)
      if let visit { writer.field("visit", visit) }
      if frame != 0 { writer.field("frame", frame) }
      if branch != 0 { writer.field("branch", branch) }
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let id = try reader.int("id")
      let step = try reader.text("step")
      let visit = reader.has("visit") ? try reader.int() : nil
      return Token(
        id: id, frame: try reader.int("frame", default: 0), branch: try reader.int("branch", default: 0), step: step,
        visit: visit)
    }
  }
}

extension Frame {
  func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.field("id", id)
      writer.field("gateway", ifPresent: gateway)
      if let parent {
        writer.field("parent", parent.frame)
        writer.field("branch", parent.branch)
      }
      writer.key("branches")
      writer.list(branches) { writer, branch in
        writer.map {
          $0.field("step", branch.step)
          $0.field("state", branch.state.rawValue)
        }
      }
      items?.write(to: &writer)
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let id = try reader.int("id")
      let gateway = try reader.text(ifPresent: "gateway")
      let parent =
        reader.has("parent") ? Parent(frame: try reader.int(), branch: try reader.int("branch")) : nil
      try reader.key("branches")
      let branches = try reader.list { reader throws(RecordError) in
        try reader.map { reader throws(RecordError) in
          Branch(step: try reader.text("step"), state: try reader.word(field: "state"))
        }
      }
      var frame = Frame(id: id, gateway: gateway, parent: parent, branches: branches)
      frame.items = try Items(ifPresentIn: &reader)
      return frame
    }
  }
}

extension StepResult {
  func write(of step: StepID, to writer: inout RecordWriter) {
    writer.map { writer in
      writer.visit(step, visit)
      writer.field("outcome", outcome)
      writer.field("by", ifPresent: by)
      writer.field("output", unlessNull: output)
    }
  }

  static func read(from reader: inout RecordReader) throws(RecordError) -> (StepID, StepResult) {
    try reader.map { reader throws(RecordError) in
      let id = try reader.visit()
      let outcome = try reader.text("outcome")
      let by = try reader.text(ifPresent: "by")
      let output = try reader.value(ifPresent: "output") ?? .null
      return (id.step, StepResult(visit: id.visit, outcome: outcome, output: output, by: by))
    }
  }
}
