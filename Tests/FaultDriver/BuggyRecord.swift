import GitStore
import Synchronization

/// The part of a bug that lies between the runner and the store.
final class BuggyRecord: RecordStore {
  private let store: StateStore
  private let bug: Bug
  private let commits = Mutex(0)

  init(_ store: StateStore, _ bug: Bug) {
    self.store = store
    self.bug = bug
  }

  var tip: ObjectID? { store.tip }

  func privateKeys() throws(StoreError) -> [[UInt8]] { try store.privateKeys() }

  func snapshot(_ commit: ObjectID) throws(StoreError) -> Snapshot { try store.snapshot(commit) }

  func commitInfo(_ id: ObjectID) throws(StoreError) -> CommitInfo { try store.commitInfo(id) }

  func commit(
    _ changes: [Change], message: String, author: Signature, committer: Signature, on base: CommitBase,
    sign: CommitSigner?
  ) throws(StoreError) -> ObjectID {
    let number = commits.withLock { commits in
      commits += 1
      return commits
    }
    let (changes, message) = (changed(changes), number == 3 ? spoiled(message) : message)
    let id = try store.commit(
      changes, message: message, author: author, committer: committer, on: base, sign: sign)
    guard bug == .commitsTwice, number == 2 else { return id }
    return try store.commit(changes, message: message, author: author, committer: committer, sign: sign)
  }

  private func changed(_ changes: [Change]) -> [Change] {
    switch bug {
    case .losesEvent: changes.map(withoutLastEvent)
    case .keepsOldHead: changes.filter { !(isHead($0) && hasOldHead($0.path)) }
    case .forgetsRequests: changes.filter { !$0.path.hasPrefix("requests/") }
    default: changes
    }
  }

  private func spoiled(_ message: String) -> String {
    guard bug == .skipsSequence else { return message }
    return message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("Writ-Sequence: ") ? "\($0)0" : String($0) }.joined(separator: "\n")
  }

  private func isHead(_ change: Change) -> Bool {
    (change.path.hasPrefix("instances/") || isArchived(change.path)) && change.path.hasSuffix(".yaml")
  }

  /// An instance that ends is moved to the archive first, with its old head, and then the new one is written.
  private func isArchived(_ path: String) -> Bool { path.hasPrefix("archive/") }

  private func hasOldHead(_ path: String) -> Bool {
    isArchived(path) || (try? store.read(path)).flatMap { $0 } != nil
  }

  private func withoutLastEvent(_ change: Change) -> Change {
    guard isHead(change), case .write(let bytes, let mode) = change.content else { return change }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 3, lines[lines.count - 2].hasPrefix("  - ") else { return change }
    let text = (lines.dropLast(2) + [""]).joined(separator: "\n")
    return Change(path: change.path, content: .write(Array(text.utf8), mode: mode))
  }
}
