import CEL
import GitStore
import HashTreeCollections
import Logging
import WorkflowFiles

/// The inbox is a view: the branch is tidied until it equals what is open.
extension InboxDesk {
  func tidy() async throws {
    guard !dirty.isEmpty || !joining.isEmpty else { return }
    let tip = branch.tip
    // What people committed meanwhile is read first; then the branch is tidied.
    guard tip == nil || tip == known else { return }
    // A branch that somebody removed goes on where it was.
    let base = tip ?? known.flatMap { try? repository.commit($0).id }
    let (wanted, joined) = (dirty, joining.prefix(Self.mostParents).map { (name: $0.key, id: $0.value) })
    // From here on things may change again.
    dirty = []
    do {
      guard try await place(wanted, on: base, merging: joined.map(\.id), at: tip) else {
        return dirty.formUnion(wanted)
      }
    } catch {
      dirty.formUnion(wanted)
      throw error
    }
    for ref in joined { joining[ref.name] = nil }
    await remove(joined)
  }

  /// What lies on the branch may be such that it cannot be read, or that nothing can be put beside it: then everything is
  /// written anew.
  private func place(
    _ wanted: Set<Int>, on base: ObjectID?, merging: [ObjectID], at tip: ObjectID?
  ) async throws -> Bool {
    do {
      let edits = try edits(for: wanted, at: base)
      if tip != nil, edits.isEmpty, merging.isEmpty { return true }
      return try await place(edits, on: base, merging: merging, at: tip)
    } catch let error as RepositoryError where base != nil {
      logger.error("\(Intake.branch) holds what cannot be tidied, and is written anew: \(error)")
      let edits = try edits(for: Set(runner.snapshot.live.numbers), at: nil)
      return try await place(edits, on: base, isAnew: true, merging: merging, at: tip)
    }
  }

  /// Of one merge.
  private static let mostParents = 100

  private func edits(for numbers: Set<Int>, at tip: ObjectID?) throws -> [GitStore.Change] {
    let requests = InboxRequests(world: runner.snapshot, policy: runner.policy(), now: runner.clock())
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
        let now = shown[number]?.first { $0.path == path }.flatMap {
          // What is too large is nothing that was written here.
          try? repository.blob($0.id, limit: CommitTree.fileLimit)
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

  /// Commits, moves the branch, and remembers that commit, not what somebody may have put on top of it since.
  ///
  /// - Returns: `false`: somebody was faster, or their working tree is in the way. Try again.
  private func place(
    _ edits: [GitStore.Change], on base: ObjectID?, isAnew: Bool = false, merging: [ObjectID], at tip: ObjectID?
  ) async throws -> Bool {
    let time = try ([base].compactMap(\.self) + merging).map { try repository.commit($0).committer.time }.max() ?? 0
    let now = min(max(runner.clock().seconds, time), runner.clock().seconds + Self.mostAhead)
    let who = Signature(name: "Writ", email: "runner@writ.invalid", time: now, offset: 0)
    let files = edits.count == 1 ? "1 file" : "\(edits.count) files"
    let commit = try repository.createCommit(
      edits, on: base, merging: merging, isAnew: isAnew, message: "Inbox: \(files) as things stand\n", author: who,
      committer: who)
    do {
      guard try await branch.move(to: commit, from: tip) else { return false }
    } catch {
      complain("\(Intake.branch) could not be moved: \(error)")
      return false
    }
    try await advance(to: commit)
    return true
  }

  /// Commits dated into the future take the branch's dates along by a day at most.
  private static let mostAhead: Int64 = 86_400
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
