package import CEL
package import WorkflowEngine

/// `messages/4x/42.yaml`: a message that was taken in, and what became of it. Remembered for thirty days, so that one that
/// is sent twice has one effect.
package struct MessageFile: Sendable, Hashable {
  package enum Standing: String, Sendable, Hashable, CaseIterable {
    /// Somebody waited for it when it came.
    case delivered
    /// Nobody waits for it yet.
    case kept
    /// It was kept, and then somebody began to wait for it.
    case claimed
    /// Its time was up before anybody waited for it.
    case unclaimed
  }

  /// The payload is null once it stands in a timeline.
  package var message: Message
  package var by: PersonID
  package var at: Timestamp
  package var standing: Standing
  /// Until when it is kept; `nil` where it never was.
  package var until: Timestamp?
  /// Whom it reached.
  package var instances: [InstanceID]

  package init(
    message: Message, by: PersonID, at: Timestamp, standing: Standing, until: Timestamp?, instances: [InstanceID]
  ) {
    self.message = message
    self.by = by
    self.at = at
    self.standing = standing
    self.until = until
    self.instances = instances
  }

  /// The next instant at which something becomes of it by itself: kept no longer, and later forgotten.
  package var nextInstant: Timestamp {
    guard standing != .kept, let until else { return until ?? forgottenAt }
    return max(until, forgottenAt)
  }

  /// The same source and id come again within this time, and are answered as before.
  package static let remembered: Duration = .seconds(30 * 86_400)

  private var forgottenAt: Timestamp { at.adding(Self.remembered) }

  package var bytes: [UInt8] {
    var file = FileWriter()
    file.field("number", message.number)
    file.field("message", message.event)
    file.field("key", ifPresent: message.key)
    file.field("source", ifPresent: message.source)
    file.field("id", ifPresent: message.id)
    file.field("by", by)
    file.field("at", at)
    file.field("standing", standing.rawValue)
    file.field("until", ifPresent: until)
    file.field("instances") { writer in writer.list(instances) { $0.write($1.description) } }
    if message.payload != .null { file.field("payload") { $0.write(message.payload) } }
    return file.bytes
  }

  package init(_ bytes: [UInt8]) throws(RecordError) {
    var file = try FileReader(bytes)
    var message = Message(
      number: try file.int("number"), event: try file.text("message"), key: try file.text(ifPresent: "key"),
      source: try file.text(ifPresent: "source"), id: try file.text(ifPresent: "id"), payload: .null)
    by = try file.text("by")
    at = try file.instant("at")
    standing = try file.field("standing") { reader throws(RecordError) in try reader.word("standing") }
    until = try file.instant(ifPresent: "until")
    instances = try file.field("instances") { reader throws(RecordError) in
      try reader.list { reader throws(RecordError) in try reader.instanceID() }
    }
    message.payload =
      try file.field(ifPresent: "payload") { reader throws(RecordError) in try reader.value() } ?? .null
    self.message = message
    try file.expectEnd()
  }
}
