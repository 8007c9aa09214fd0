import WorkflowEngine
import WorkflowFiles

enum RecordTarget {
  static func fault(_ bytes: [UInt8]) -> String? {
    _ = try? InstanceFile.readHead(bytes)
    _ = try? InstanceFile.readFoot(bytes)
    if let entries = try? InstanceFile.readTimeline(bytes) {
      _ = try? Instance.checkedFold(entries)
      _ = Lawfulness.offences(in: entries)
    }
    if let part = try? PartFile(bytes) { _ = try? Instance.checkedFold(part.entries) }
    if let message = CommitMessage(String(decoding: bytes, as: UTF8.self)) { _ = message.text }
    return unlikeWritten(bytes).map { "\($0) reads what it would not write" }
  }

  /// A file that reads is the file that would be written.
  private static func unlikeWritten(_ bytes: [UInt8]) -> String? {
    let files: [(name: String, written: [UInt8]?)] = [
      ("FormatFile", (try? FormatFile(bytes))?.bytes), ("RunnerFile", (try? RunnerFile(bytes))?.bytes),
      ("VersionFile", (try? VersionFile(bytes))?.bytes), ("RequestsFile", (try? RequestsFile(bytes))?.bytes),
      ("MessageFile", (try? MessageFile(bytes))?.bytes), ("DeployReport", (try? DeployReport(bytes))?.bytes),
      ("AcceptanceFile", (try? AcceptanceFile(bytes))?.bytes),
    ]
    return files.first { $0.written != nil && $0.written != bytes }?.name
  }
}
