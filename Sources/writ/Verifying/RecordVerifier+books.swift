import GitStore
import WorkflowEngine
import WorkflowFiles

/// What the runner keeps beside the instances: its own page, versions, keys, deployments.
extension RecordVerifier {
  mutating func verifyBooks() throws {
    let snapshot = try view.repository.snapshot(tip)
    try verifyRunner(snapshot)
    try verifyRequests(snapshot)
    try snapshot.walk(under: "versions") { path, _ throws(StoreError) in
      if case .version(let workflow, let number)? = StatePath(path) {
        verifyVersion(number, of: workflow, in: snapshot)
      }
    }
  }

  /// `runner.yaml` says what the last commit's trailers say, and no number is given twice.
  private mutating func verifyRunner(_ snapshot: Snapshot) throws {
    guard let bytes = try snapshot.read(StateLayout.runner), try snapshot.read(StateLayout.format) != nil else {
      return report.note(StateLayout.runner, "is missing, or \(StateLayout.format) is")
    }
    let last = CommitMessage(try view.repository.commit(tip).message)
    do {
      let runner = try RunnerFile(bytes)
      if let message = last {
        let says = (runner.sequence, runner.term, runner.deployed)
        if says != (message.sequence, message.term, message.deployed) {
          report.note(StateLayout.runner, "is not what the trailers of the last commit say")
        }
      }
      try verifyNumbers(before: runner.nextNumber)
    } catch {
      report.note(StateLayout.runner, "\(error)")
    }
  }

  /// Instances and messages share their numbers. Messages are forgotten after a while, instances never.
  private mutating func verifyNumbers(before next: Int) throws {
    let given = numbers.union(messages.keys)
    if let highest = given.max(), highest >= next {
      report.note(StateLayout.runner, "would give the number \(next) again")
    }
    var missing = Set(1..<max(next, 1)).subtracting(given)
    if !missing.isEmpty { missing.subtract(try forgottenMessages()) }
    for number in missing.sorted() { report.note("instance \(number)", "is missing") }
  }

  private func forgottenMessages() throws -> [Int] {
    let (status, output, _) = try GitProgram(folder: path).outcome([
      "log", "--format=", "--diff-filter=D", "--name-only", "--no-renames", tip.description, "--", "messages",
    ])
    guard status == 0 else { return [] }
    return output.split(separator: "\n").compactMap { line in
      if case .message(let number)? = StatePath(String(line)) { number } else { nil }
    }
  }

  private mutating func verifyRequests(_ snapshot: Snapshot) throws {
    try snapshot.walk(under: "requests") { path, _ throws(StoreError) in
      guard case .requests(let sequence)? = StatePath(path), let bytes = try snapshot.read(path),
        let file = try? RequestsFile(bytes)
      else { return report.note(path, "cannot be read") }
      if file.sequence != sequence { report.note(path, "holds the keys of batch \(file.sequence)") }
      for request in file.requests {
        guard let number = request.instance, !numbers.contains(number) else { continue }
        report.note(path, "tells of instance \(number), which is not there")
      }
    }
  }

  private mutating func verifyVersion(_ number: Int, of workflow: String, in snapshot: Snapshot) {
    let path = StateLayout.version(number, of: workflow)
    guard let bytes = try? snapshot.read(path), let file = try? VersionFile(bytes),
      let text = try? snapshot.read(StateLayout.versionText(number, of: workflow))
    else { return report.note(path, "cannot be read, or its text is missing") }
    if file.workflow != workflow || file.version != number || file.digest != Hex.sha256(text) {
      report.note(path, "does not describe the text beside it")
    }
  }

  /// An instance runs on the very text that it began with.
  mutating func verifyVersion(of instance: Instance, in snapshot: Snapshot) throws {
    let path = StateLayout.versionText(instance.version, of: instance.workflow)
    let text = try snapshot.read(path)
    if text.map({ Hex.sha256($0) }) != instance.definition {
      report.note(path, "is not the text that \(instance.id) began with")
    }
  }
}
