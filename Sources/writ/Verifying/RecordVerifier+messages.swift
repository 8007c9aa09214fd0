import GitStore
import WorkflowEngine
import WorkflowFiles

extension RecordVerifier {
  /// Every message lies where its number says, and reads as it was written.
  mutating func verifyMessages() throws {
    let snapshot = try view.repository.snapshot(tip)
    var paths: [String] = []
    try snapshot.walk(under: "messages") { path, _ throws(StoreError) in paths.append(path) }
    for path in paths {
      do {
        guard case .message(let number)? = StatePath(path), let bytes = try snapshot.read(path) else {
          report.note(path, "is no file that the runner writes")
          continue
        }
        let file = try MessageFile(bytes)
        messages[number] = file
        if file.message.number != number { report.note(path, "holds message \(file.message.number)") }
        if file.bytes != bytes { report.note(path, "is not as the runner writes it") }
      } catch {
        report.note(path, "\(error)")
      }
    }
  }
}
