import CEL
import GitStore
import WorkflowFiles

/// The inbox is a view: the branch is tidied until it equals what is open.
extension InboxDesk {
  func tidy() async throws {
    guard !dirty.isEmpty else { return }
    let tip = repository.ref(Self.ref)
    // What people committed meanwhile is read first; then the branch is tidied.
    guard tip == nil || tip?.description == runner.snapshot.cursors[Self.cursor] else { return }
    let wanted = dirty
    let edits = try edits(for: wanted, at: tip)
    guard !edits.isEmpty else {
      dirty.subtract(wanted)
      return
    }
    guard try place(edits, on: tip) else { return }
    dirty.subtract(wanted)
    if let now = repository.ref(Self.ref) { try await advance(to: now) }
  }

  private func edits(for numbers: Set<Int>, at tip: ObjectID?) throws -> [GitStore.Change] {
    let requests = InboxRequests(world: runner.snapshot)
    var shown: [Int: [(path: String, id: ObjectID)]] = [:]
    for file in try tip.map({ try repository.files(under: "", in: $0) }) ?? [] {
      guard let number = InboxRequests.instance(of: file.path), numbers.contains(number) else { continue }
      shown[number, default: []].append((file.path, file.id))
    }
    var edits: [GitStore.Change] = tip == nil ? [.write("README.md", InboxReadme.bytes)] : []
    for number in numbers.sorted() {
      let files = requests.files(of: number)
      for (path, _) in shown[number] ?? [] where files[path] == nil {
        edits.append(.delete(path))
        answers[path] = nil
      }
      for (path, render) in files.sorted(by: { $0.key < $1.key }) {
        let now = try shown[number]?.first { $0.path == path }.map {
          try repository.blob($0.id, limit: CommitTree.fileLimit)
        }
        if let edit = edit(path, render, now: now) { edits.append(edit) }
      }
    }
    return edits
  }

  /// An answer that an earlier run wrote on top of the file stays until the person writes again.
  private func edit(
    _ path: String, _ render: (InboxAnswer?) -> [UInt8], now: [UInt8]?
  ) -> GitStore.Change? {
    let wanted = render(answers[path])
    guard let now else { return .write(path, wanted) }
    if now == wanted || answers[path] == nil && now.suffix(wanted.count).elementsEqual(wanted) { return nil }
    return .write(path, wanted)
  }

  /// Commits and moves the branch; `false`: somebody was faster, or their working tree is in the way. Try again.
  private func place(_ edits: [GitStore.Change], on tip: ObjectID?) throws -> Bool {
    let now = runner.clock()
    let base = try tip.map { try repository.commit($0).committer.time } ?? 0
    let who = Signature(name: "Writ", email: "runner@writ.invalid", time: max(now.seconds, base), offset: 0)
    let commit = try repository.createCommit(
      edits, on: tip, message: "Inbox: \(edits.count == 1 ? "1 file" : "\(edits.count) files") as things stand\n",
      author: who, committer: who)
    guard let folder = repository.workingTree(of: Intake.branch) else {
      do throws(RefConflict) {
        try repository.updateRef(Self.ref, to: commit, expecting: tip)
        return true
      } catch {
        return false
      }
    }
    return fastForward(folder, to: commit)
  }

  /// A checked-out branch is moved only by a fast-forward merge of a clean tree.
  private func fastForward(_ folder: String, to commit: ObjectID) -> Bool {
    do {
      guard try Repository.open(at: folder).isClean() else {
        complain(
          "\(Intake.branch) is checked out in \(folder) with changes: commit them, and new requests appear there")
        return false
      }
      try GitTransport(repository: repository).fastForward(folder, to: commit)
      return true
    } catch {
      complain("\(Intake.branch) is checked out in \(folder) and could not be moved: \(error)")
      return false
    }
  }
}

/// What somebody finds who checks the branch out.
enum InboxReadme {
  static let bytes = Array(
    """
    # Inbox

    Each folder is a request that is open now; in it, each person who is asked has a file. To decide, open yours, write
    `approve`, `reject` or `return` after `decision:`, commit and push. The answer comes as the next commit: the folder
    is gone when the decision counted and nothing more is asked, or words on top of your file say why it did not.

    """.utf8)
}
