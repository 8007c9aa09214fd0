package import CEL

/// `deployments/<batch>.yaml`: what became of a commit on the deploy branch. A refused commit changes nothing
/// else, unless its `people.yaml` only takes authority away.
package struct DeployReport: Sendable, Hashable {
  /// Hex id.
  package var commit: String
  package var at: Timestamp
  /// The committer, as git names them.
  package var by: String
  package var subject: String
  package var isDeployed: Bool
  /// Whether of a refused commit `people.yaml` is in force all the same, because it only takes authority away.
  package var takesAuthority = false
  /// New versions: `finance/expense-approval` to 3.
  package var versions: [String: Int]
  /// Workflows that no longer start.
  package var retired: [String]
  /// Findings, one line each, as `writ check --format compact` prints them.
  package var findings: [String]
  /// What became of running instances of the workflows whose new version says so.
  package var migrations: [MigrationReport] = []

  package init(
    commit: String, at: Timestamp, by: String, subject: String, isDeployed: Bool, versions: [String: Int] = [:],
    retired: [String] = [], findings: [String] = []
  ) {
    self.commit = commit
    self.at = at
    self.by = by
    self.subject = subject
    self.isDeployed = isDeployed
    self.versions = versions
    self.retired = retired
    self.findings = findings
  }
}

extension DeployReport {
  /// Whether anything of the commit is in force.
  package var isInForce: Bool { isDeployed || takesAuthority }

  package static let folder = "deployments"

  /// Digits of a fixed width, so that names sort by number.
  package static func path(batch: Int) -> String {
    let digits = String(batch)
    return "\(folder)/\(String(repeating: "0", count: max(0, 9 - digits.count)))\(digits).yaml"
  }

  package var bytes: [UInt8] {
    var file = FileWriter()
    file.field("commit", commit)
    file.field("at", at)
    file.field("by", by)
    file.field("subject", subject)
    file.field("result", isDeployed ? "deployed" : takesAuthority ? "people" : "refused")
    file.items("versions", versions.sorted { $0.key.precedesInBytes($1.key) }) { writer, version in
      writer.map {
        $0.field("workflow", version.key)
        $0.field("version", version.value)
      }
    }
    file.items("retired", retired) { $0.write($1) }
    file.items("findings", findings) { $0.write($1) }
    if !migrations.isEmpty { file.items("migrations", migrations) { $1.write(to: &$0) } }
    return file.bytes
  }

  package init(_ bytes: [UInt8]) throws(RecordError) {
    var file = try FileReader(bytes)
    commit = try file.text("commit")
    at = try file.instant("at")
    by = try file.text("by")
    subject = try file.text("subject")
    let result = try file.text("result")
    isDeployed = result == "deployed"
    takesAuthority = result == "people"
    let versions = try file.items("versions") { reader throws(RecordError) in
      try reader.map { reader throws(RecordError) in (try reader.text("workflow"), try reader.int("version")) }
    }
    self.versions = Dictionary(versions, uniquingKeysWith: { first, _ in first })
    retired = try file.items("retired") { reader throws(RecordError) in try reader.text() }
    findings = try file.items("findings") { reader throws(RecordError) in try reader.text() }
    if file.has("migrations") {
      migrations = try file.items("migrations") { reader throws(RecordError) in try MigrationReport(from: &reader) }
    }
    try file.expectEnd(of: self.bytes)
  }
}
