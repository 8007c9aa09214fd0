import CEL
package import WorkflowEngine

/// What became of the running instances of a workflow when a version with `migrate:` was deployed.
package struct MigrationReport: Sendable, Hashable {
  package struct Stayed: Sendable, Hashable {
    package var instance: InstanceID
    /// Why it did not fit, item by item.
    package var reasons: [String]

    package init(instance: InstanceID, reasons: [String]) {
      self.instance = instance
      self.reasons = reasons
    }
  }

  package var workflow: String
  package var version: Int
  package var moved: Int
  /// The first of those that did not fit, in order of number; how many there were besides.
  package var stayed: [Stayed]
  package var more: Int

  package static let listed = 100

  package init(workflow: String, version: Int, moved: Int, stayed: [Stayed]) {
    self.workflow = workflow
    self.version = version
    self.moved = moved
    self.stayed = Array(stayed.prefix(Self.listed))
    more = max(0, stayed.count - Self.listed)
  }
}

extension MigrationReport {
  func write(to writer: inout RecordWriter) {
    writer.map { writer in
      writer.field("workflow", workflow)
      writer.field("version", version)
      writer.field("moved", moved)
      writer.key("stayed")
      writer.list(stayed) { writer, stayed in
        writer.map {
          $0.field("instance", stayed.instance.description)
          $0.field("because", unlessEmpty: stayed.reasons)
        }
      }
      if more > 0 { writer.field("more", more) }
    }
  }

  init(from reader: inout RecordReader) throws(RecordError) {
    self = try reader.map { reader throws(RecordError) in
      let workflow = try reader.text("workflow")
      let version = try reader.int("version")
      let moved = try reader.int("moved")
      try reader.key("stayed")
      let stayed = try reader.list { reader throws(RecordError) in
        try reader.map { reader throws(RecordError) in
          Stayed(instance: try reader.instanceID("instance"), reasons: try reader.texts(ifPresent: "because"))
        }
      }
      var report = MigrationReport(workflow: workflow, version: version, moved: moved, stayed: stayed)
      report.more = try reader.int("more", default: 0)
      return report
    }
  }
}
