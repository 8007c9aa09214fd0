import CEL
import WorkflowEngine

extension Caller {
  func write(to writer: inout RecordWriter) {
    writer.map {
      $0.field("instance", instance.description)
      $0.visit(step, visit)
      $0.field("depth", depth)
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let instance = try reader.instanceID("instance")
      let visit = try reader.visit()
      return Caller(instance: instance, step: visit.step, visit: visit.visit, depth: try reader.int("depth"))
    }
  }
}

extension CallOpened {
  func write(to writer: inout RecordWriter) {
    writer.visit(step, visit)
    writer.field("workflow", workflow)
    writer.field("version", version)
    writer.field("input", unlessEmpty: input)
    writer.field("about", unlessEmpty: about)
    writer.field("timers", timers)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let visit = try reader.visit()
    self.init(
      step: visit.step, visit: visit.visit, workflow: try reader.text("workflow"),
      version: try reader.int("version"), input: try reader.valueMap(ifPresent: "input"),
      about: try reader.texts(ifPresent: "about"), timers: try reader.timers())
  }
}

extension OpenCall {
  func write(to writer: inout RecordWriter) {
    writer.field("workflow", workflow)
    writer.field("version", version)
    writer.field("input", unlessEmpty: input)
    writer.field("about", unlessEmpty: about)
    writer.field("child", ifPresent: child?.description)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self.init(
      workflow: try reader.text("workflow"), version: try reader.int("version"),
      input: try reader.valueMap(ifPresent: "input"), about: try reader.texts(ifPresent: "about"),
      child: reader.has("child") ? try reader.instanceID() : nil)
  }
}
