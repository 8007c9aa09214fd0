import CEL
import WorkflowEngine

extension Migrated {
  func write(to writer: inout RecordWriter) {
    writer.said(by, reason)
    if let workflow { writer.field("workflow", workflow) }
    writer.field("version", version)
    writer.field("definition", definition)
    writer.field("title", title)
    writer.steps("renamed", renamed)
    writer.steps("moved", moved)
    writer.field("reopened", reopened)
    if !kept.isEmpty {
      writer.key("kept")
      writer.list(kept) { $1.write(to: &$0) }
    }
    if !dropped.isEmpty {
      writer.key("dropped")
      writer.list(dropped) { writer, branch in
        writer.map {
          $0.field("frame", branch.frame)
          $0.field("branch", branch.branch)
        }
      }
    }
    writer.field("cancelled", cancelled)
    writer.field("passed", unlessEmpty: passed)
    writer.field("vars", unlessEmpty: vars)
    writer.field("unset", unlessEmpty: unset)
    writer.field("timers", timers)
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    let (by, reason) = try reader.said()
    let workflow = try reader.text(ifPresent: "workflow")
    self.init(
      by: by, reason: reason, version: try reader.int("version"), definition: try reader.text("definition"),
      title: try reader.text("title"))
    self.workflow = workflow
    renamed = try reader.steps("renamed")
    moved = try reader.steps("moved")
    reopened = try reader.visits("reopened")
    kept = try reader.items("kept") { reader throws(RecordError) in try KeptVisit(from: &reader) }
    dropped = try reader.items("dropped") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in
        Frame.Parent(frame: try reader.int("frame"), branch: try reader.int("branch"))
      }
    }
    cancelled = try reader.visits("cancelled")
    passed = try reader.texts(ifPresent: "passed")
    vars = try reader.valueMap(ifPresent: "vars")
    unset = try reader.texts(ifPresent: "unset")
    timers = try reader.timers()
  }
}

extension RecordWriter {
  fileprivate mutating func steps(_ name: StaticString, _ steps: [StepID: StepID]) {
    guard !steps.isEmpty else { return }
    key(name)
    list(steps.sorted { $0.key.precedesInBytes($1.key) }) { writer, step in
      writer.map {
        $0.field("step", step.key)
        $0.field("to", step.value)
      }
    }
  }
}

extension RecordReader {
  fileprivate mutating func steps(_ name: StaticString) throws(RecordError) -> [StepID: StepID] {
    let steps = try items(name) { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in (try reader.text("step"), try reader.text("to")) }
    }
    return Dictionary(steps, uniquingKeysWith: { first, _ in first })
  }
}

extension KeptVisit {
  fileprivate func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.visit(step, visit)
      writer.field("number", number)
      writer.field("timers", timers)
    }
  }

  fileprivate init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let id = try reader.visit()
      return KeptVisit(
        step: id.step, visit: id.visit, number: try reader.int("number"), timers: try reader.timers())
    }
  }
}
