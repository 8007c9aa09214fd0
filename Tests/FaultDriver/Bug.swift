import GitStore
import Glibc
import Synchronization

/// Bugs planted on purpose, each of which the harness must find. None of them is in the product: they are made of what
/// its calls to the disk do, of what a store is handed, and of what the client does with answers.
enum Bug: String, CaseIterable, Sendable {
  // What the disk is told.
  case packNotSynced = "pack-not-synced"
  case indexNotSynced = "index-not-synced"
  case packFolderNotSynced = "pack-folder-not-synced"
  case refNotSynced = "ref-not-synced"
  case refFolderNotSynced = "ref-folder-not-synced"
  case failedSyncSwallowed = "failed-sync-swallowed"
  case refBeforePack = "ref-before-pack"
  case refInPlace = "ref-in-place"
  case tornPack = "torn-pack"
  case tornIndex = "torn-index"
  case staleLockKept = "stale-lock-kept"
  case noOwner = "no-owner"
  case rollUpUnlinksFirst = "roll-up-unlinks-first"
  // What the store is handed.
  case losesEvent = "loses-event"
  case keepsOldHead = "keeps-old-head"
  case skipsSequence = "skips-sequence"
  case commitsTwice = "commits-twice"
  case forgetsRequests = "forgets-requests"
  // What the client is told.
  case answersEarly = "answers-early"
  case acknowledgesFailure = "acknowledges-failure"
  case forgetsKeys = "forgets-keys"
}

/// The part of a bug that lies between the store and the disk.
final class PlantedBug: Sendable {
  private let bug: Bug
  private let git: String
  private let held = Mutex<[String]>([])

  init(_ bug: Bug, git: String) {
    self.bug = bug
    self.git = git
  }

  private var ref: String { git + "/refs/heads/state" }

  /// What happens instead of the call; nil lets it through. `fault` is what would have happened.
  func decide(_ call: Disk.Call, _ path: String, _ fault: Disk.Fault?) -> Disk.Fault? {
    switch bug {
    case .packNotSynced: skipped(call == .sync && path.hasSuffix(".pack.writ-tmp"))
    case .indexNotSynced: skipped(call == .sync && path.hasSuffix(".idx.writ-tmp"))
    case .packFolderNotSynced: skipped(call == .sync && path.hasSuffix("/objects/pack"))
    case .refNotSynced: skipped(call == .sync && path.hasSuffix("/state.lock"))
    case .refFolderNotSynced: skipped(call == .sync && path.hasSuffix("/refs/heads"))
    case .failedSyncSwallowed: skipped(call == .sync && fault != nil)
    case .refBeforePack: postponedPack(call, path)
    case .refInPlace: emptied(call, path)
    case .tornPack: torn(call, path, ".pack.writ-tmp")
    case .tornIndex: torn(call, path, ".idx.writ-tmp")
    case .staleLockKept: skipped(call == .unlink && path.hasSuffix("/state.lock"))
    case .noOwner: skipped(call == .lock)
    case .rollUpUnlinksFirst: unlinkedFirst(call, path)
    default: nil
    }
  }

  private func skipped(_ isSkipped: Bool) -> Disk.Fault? { isSkipped ? .pretends : nil }

  /// Packs get their names only after the ref has moved.
  private func postponedPack(_ call: Disk.Call, _ path: String) -> Disk.Fault? {
    if call == .rename, path.hasSuffix(".pack") || path.hasSuffix(".idx") {
      held.withLock { $0.append(path) }
      return .pretends
    }
    if call == .sync, path.hasSuffix("/refs/heads") {
      let waiting = held.withLock { held in
        defer { held = [] }
        return held
      }
      for path in waiting { rename(path + ".writ-tmp", path) }
    }
    return nil
  }

  /// The ref is emptied before it is written.
  private func emptied(_ call: Disk.Call, _ path: String) -> Disk.Fault? {
    if call == .open, path == ref + ".lock" { truncate(ref, 0) }
    return nil
  }

  /// Half of the file is never written, and nobody notices.
  private func torn(_ call: Disk.Call, _ path: String, _ ending: String) -> Disk.Fault? {
    guard call == .write, path.hasSuffix(ending) else { return nil }
    return held.withLock { held in
      if held.contains(path) { return .pretends }
      held.append(path)
      return .writesAtMost(200)
    }
  }

  /// A merged pack's parts are removed as soon as the work on it begins.
  private func unlinkedFirst(_ call: Disk.Call, _ path: String) -> Disk.Fault? {
    guard call == .rename, path.hasSuffix(".pack") else { return nil }
    let folder = git + "/objects/pack/"
    let packs = held.withLock { held in
      held.append(path)
      return held
    }
    if packs.count % 8 == 0 { for pack in packs.dropLast() where pack.hasPrefix(folder) { unlink(pack) } }
    return nil
  }
}
