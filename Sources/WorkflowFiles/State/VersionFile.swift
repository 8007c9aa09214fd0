package import CEL

/// `versions/<workflow>/_/<n>.yaml`: where a version came from. Its exact text lies beside it.
package struct VersionFile: Sendable, Hashable {
  package var workflow: String
  package var version: Int
  /// Language version that the text is written in.
  package var language: Int
  /// Hex id of the commit that deployed it.
  package var commit: String
  package var at: Timestamp
  /// The committer, as git names them.
  package var by: String
  /// SHA-256 in hex of the exact text.
  package var digest: String

  package init(
    workflow: String, version: Int, language: Int, commit: String, at: Timestamp, by: String, digest: String
  ) {
    self.workflow = workflow
    self.version = version
    self.language = language
    self.commit = commit
    self.at = at
    self.by = by
    self.digest = digest
  }

  package var bytes: [UInt8] {
    var file = FileWriter()
    file.field("workflow", workflow)
    file.field("version", version)
    file.field("language", language)
    file.field("commit", commit)
    file.field("at", at)
    file.field("by", by)
    file.field("digest", digest)
    return file.bytes
  }

  package init(_ bytes: [UInt8]) throws(RecordError) {
    var file = try FileReader(bytes)
    workflow = try file.text("workflow")
    version = try file.int("version")
    language = try file.int("language")
    commit = try file.text("commit")
    at = try file.instant("at")
    by = try file.text("by")
    digest = try file.text("digest")
    try file.expectEnd()
  }
}
