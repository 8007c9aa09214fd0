/// `format.yaml`: which record this is.
package struct FormatFile: Sendable, Hashable {
  /// Names the repository for ever; decisions are bound to it.
  package var repository: String
  /// 1, 2, 3 ...: grows when the history begins anew.
  package var epoch: Int

  package init(repository: String, epoch: Int = 1) {
    self.repository = repository
    self.epoch = epoch
  }

  package var bytes: [UInt8] {
    var file = FileWriter()
    file.field("repository", repository)
    file.field("epoch", epoch)
    return file.bytes
  }

  package init(_ bytes: [UInt8]) throws(RecordError) {
    var file = try FileReader(bytes)
    repository = try file.text("repository")
    epoch = try file.int("epoch")
    try file.expectEnd()
  }
}
