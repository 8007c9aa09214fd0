import GitStore
import WorkflowFiles

extension RecordVerifier {
  private static let folders: Set = [
    "deployed", DeployReport.folder, "versions", "instances", "archive", "requests", "messages",
    AcceptanceFile.folder,
  ]

  /// Plain files where the layout has them, and nothing else; what was deployed is what its first commit copied.
  mutating func verifyLayout() throws {
    let snapshot = try view.repository.snapshot(tip)
    for entry in try snapshot.list("") where !Self.folders.contains(entry.name) {
      guard [StateLayout.format, StateLayout.runner].contains(entry.name) else {
        report.note(entry.name, "is nothing that the runner writes")
        continue
      }
    }
    try snapshot.walk(under: "") { path, file throws(StoreError) in
      let isCopied = path.hasPrefix("deployed/") && file.mode == .executable
      if file.mode != .file, !isCopied {
        report.note(path, "has the mode \(file.mode), which the runner does not write")
      }
    }
    guard let first = policies.deployedLast else { return }
    let copied = try view.repository.snapshot(first).entry(at: "deployed")?.id
    if try snapshot.entry(at: "deployed")?.id != copied {
      report.note("deployed", "is not what was there when its commit was deployed")
    }
  }
}
