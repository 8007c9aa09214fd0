import CEL
import WorkflowEngine

extension Started {
  func write(to writer: inout RecordWriter) {
    writer.field("by", by)
    writer.field("instance", instance.description)
    writer.field("workflow", workflow)
    writer.field("version", version)
    writer.field("definition", definition)
    writer.field("title", title)
    writer.field("input", input)
    writer.field("vars", unlessEmpty: vars)
    writer.field("step", step)
    writer.field("due", ifPresent: due)
    writer.field("timers", timers)
    writer.field("object", ifPresent: object)
    if let caller {
      writer.key("caller")
      caller.write(to: &writer)
    }
    writer.field("about", unlessEmpty: about)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let by = try reader.text("by")
    self.init(
      instance: try reader.instanceID("instance"), workflow: try reader.text("workflow"),
      version: try reader.int("version"), definition: try reader.text("definition"), title: try reader.text("title"),
      by: by, input: try reader.valueMap("input"), vars: try reader.valueMap(ifPresent: "vars"),
      step: try reader.text("step"), due: try reader.instant(ifPresent: "due"), timers: try reader.timers(),
      object: try reader.text(ifPresent: "object"),
      caller: reader.has("caller") ? try Caller(from: &reader) : nil, about: try reader.texts(ifPresent: "about"))
  }
}

extension RecordReader {
  mutating func instanceID(_ name: StaticString) throws(RecordError) -> InstanceID {
    try key(name)
    return try instanceID()
  }

  mutating func instanceID() throws(RecordError) -> InstanceID {
    let place = position
    let text = try text()
    guard let id = InstanceID(text), id.description == text else {
      throw error(.expected("an instance such as 'expense-approval-42'"), at: place)
    }
    return id
  }
}
