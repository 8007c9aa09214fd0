package import CEL
package import WorkflowEngine

/// `requests/<fan-out>/<sequence>.yaml`: which requests with a key a batch answered, so that a repeated request gets
/// the first answer. It carries ids and digests, never values.
package struct RequestsFile: Sendable, Hashable {
  package struct Request: Sendable, Hashable {
    package var principal: PersonID
    package var key: String
    /// SHA-256 in hex of the request.
    package var digest: String
    package var at: Timestamp
    /// The number of the instance that the answer told of.
    package var instance: Int?
    /// The number of the message that was sent.
    package var message: Int?

    package init(
      principal: PersonID, key: String, digest: String, at: Timestamp, instance: Int?, message: Int? = nil
    ) {
      self.principal = principal
      self.key = key
      self.digest = digest
      self.at = at
      self.instance = instance
      self.message = message
    }
  }

  package var sequence: Int
  package var requests: [Request]

  package init(sequence: Int, requests: [Request]) {
    self.sequence = sequence
    self.requests = requests
  }

  package var bytes: [UInt8] {
    var file = FileWriter()
    file.field("sequence", sequence)
    file.items("requests", requests) { writer, request in
      writer.map { writer in
        writer.field("by", request.principal)
        writer.field("key", request.key)
        writer.field("digest", request.digest)
        writer.field("at", request.at)
        if let instance = request.instance { writer.field("instance", instance) }
        if let message = request.message { writer.field("message", message) }
      }
    }
    return file.bytes
  }

  package init(_ bytes: [UInt8]) throws(RecordError) {
    var file = try FileReader(bytes)
    sequence = try file.int("sequence")
    requests = try file.items("requests") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in
        Request(
          principal: try reader.text("by"), key: try reader.text("key"), digest: try reader.text("digest"),
          at: try reader.instant("at"), instance: reader.has("instance") ? try reader.int() : nil,
          message: reader.has("message") ? try reader.int() : nil)
      }
    }
    try file.expectEnd()
  }
}
