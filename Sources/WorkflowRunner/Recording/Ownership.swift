package import GitStore
import WorkflowFiles

/// Whose the tip of the record is. Commits of the runner carry its trailers and follow each other without a gap;
/// anything else was put there by somebody else and never becomes part of the record.
package enum Ownership {
  /// How many commits a runner that ended badly may have written since it last noted its tip.
  private static let horizon = 100_000

  /// Before anything is read: sets a foreign tip aside and puts ours back.
  ///
  /// - Returns: the foreign tip, kept as `refs/writ/foreign/<id>`.
  package static func settle(_ store: StateStore) throws(StoreError) -> ObjectID? {
    guard let own = store.rememberedTip else { return nil }
    guard let tip = try store.tipOnDisk() else {
      try store.restoreRemovedTip(own)
      return nil
    }
    guard tip != own, try !isOurs(from: own, to: tip, in: store) else { return nil }
    try store.quarantineForeign(tip, restoring: own)
    return tip
  }

  /// Whether every commit after `own` is the runner's, with the next sequence and a term that does not fall.
  private static func isOurs(from own: ObjectID, to tip: ObjectID, in store: StateStore) throws(StoreError) -> Bool {
    guard let commits = try store.commits(after: own, upTo: tip, limit: horizon) else { return false }
    guard var last = CommitMessage(try store.commitInfo(own).message) else { return false }
    for commit in commits {
      guard !commit.isMerge, let next = CommitMessage(commit.message), next.sequence == last.sequence + 1,
        next.term >= last.term
      else { return false }
      last = next
    }
    return true
  }
}
