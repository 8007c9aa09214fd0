package import CEL
package import WorkflowEngine

/// A branch that no longer holds what was read of it.
package struct Rewrite: Sendable, Hashable {
  package var branch: String
  /// Hex id of the commit that was read last.
  package var from: String
  /// Hex id of what the branch is at.
  package var to: String

  package init(branch: String, from: String, to: String) {
    self.branch = branch
    self.from = from
    self.to = to
  }
}

/// `acceptances/<batch>.yaml`: somebody took it upon themselves that a branch was rewritten.
package struct AcceptanceFile: Sendable, Hashable {
  package var rewrite: Rewrite
  package var at: Timestamp
  package var by: PersonID
  package var reason: String

  package init(rewrite: Rewrite, at: Timestamp, by: PersonID, reason: String) {
    self.rewrite = rewrite
    self.at = at
    self.by = by
    self.reason = reason
  }

  package static let folder = "acceptances"

  package static func path(batch: Int) -> String { "\(folder)/\(batch).yaml" }

  package var bytes: [UInt8] {
    var file = FileWriter()
    file.field("branch", rewrite.branch)
    file.field("from", rewrite.from)
    file.field("to", rewrite.to)
    file.field("at", at)
    file.field("by", by)
    file.field("reason", reason)
    return file.bytes
  }

  package init(_ bytes: [UInt8]) throws(RecordError) {
    var file = try FileReader(bytes)
    rewrite = Rewrite(branch: try file.text("branch"), from: try file.text("from"), to: try file.text("to"))
    at = try file.instant("at")
    by = try file.text("by")
    reason = try file.text("reason")
    try file.expectEnd()
  }
}
