package import CEL
package import WorkflowEngine

/// A closed part of a timeline: never changed again.
package struct PartFile: Sendable, Hashable {
  package var instance: InstanceID
  /// 1, 2, 3 ...
  package var number: Int
  package var before: InstanceFile.Before
  package var entries: [Entry]

  package init(
    _ bytes: [UInt8], resolve: @escaping (String) -> Value? = { _ in nil }
  ) throws(RecordError) {
    var file = try FileReader(bytes, resolve: resolve)
    instance = try file.field("instance") { reader throws(RecordError) in try reader.instanceID() }
    number = try file.int("part")
    before = try file.field("before") { reader throws(RecordError) in try InstanceFile.Before(from: &reader) }
    entries = try file.items("timeline", style: .json) { reader throws(RecordError) in try Entry(from: &reader) }
    try file.expectEnd()
  }
}
