import Synchronization

extension StateStore {
  /// Merges small packs, if there are many; returns how many were replaced, 0 when there is nothing to do. To be called
  /// after some commits, from any thread: commits and reading go on.
  package func rollUp() throws(StoreError) -> Int {
    try withRoller { roller throws(StoreError) in try roller.roll() }
  }

  /// Removes the packs that were replaced before the last call of this. To be called once a minute or so: that is the time
  /// which stock git has to finish reading them.
  package func removeReplaced() throws(StoreError) {
    try withRoller { roller throws(StoreError) in try roller.removeRetired() }
  }

  /// The branch that the record is.
  package static let ref = StoreLayout.ref

  /// The repository that stock git sees.
  package var gitFolder: String { layout.git }

  /// Where maintenance may leave what is not finished; nobody reads it.
  package var scratchFolder: String { layout.own + "/scratch" }

  /// The packs that are read now: what maintenance decides by.
  package func packs() -> [PackSummary] {
    objects.all.map { PackSummary(name: $0.name, bytes: $0.length, hasDeltas: !$0.hasNoDeltas) }
  }

  /// The names of the packs that lie there now, without `.pack`: a list to freeze for `git pack-objects`.
  package func packNames() -> [String] { objects.all.map(\.name).sorted() }

  /// What lies in a pack; nothing when it is not there any more.
  package func objects(in pack: String) -> [ObjectID] {
    objects.all.first { $0.name == pack }.map { pack in (0..<pack.count).map { pack.id(at: $0) } } ?? []
  }

  /// The last commit that lies in one of these packs.
  package func newestCommit(in packs: Set<String>) throws(StoreError) -> ObjectID? {
    let packs = objects.all.filter { packs.contains($0.name) }
    guard !packs.isEmpty else { return nil }
    var next = tip
    while let id = next, !packs.contains(where: { $0.find(id) != nil }) { next = try commitInfo(id).parents.first }
    return next
  }

  /// Takes over a pack that stock git made from packs of this record in a scratch folder, durably. Those are no longer read, and
  /// removed by ``removeReplaced()``.
  ///
  /// - Parameters:
  ///   - path: of the new pack and its index, without `.pack` and `.idx`. Both are copied.
  ///   - replaced: names from ``packNames()``.
  /// - Throws: ``StoreError/refused(_:)`` when the new pack is not whole or lacks an object of a replaced one. Then
  ///   nothing is removed.
  package func adopt(packAt path: String, replacing replaced: [String]) throws(StoreError) {
    try withRoller { roller throws(StoreError) in try roller.adopt(packAt: path, replacing: replaced) }
  }

  private func withRoller<Value: Sendable>(
    _ body: (PackRoller) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    try roller.withLock { roller throws(StoreError) in
      guard lock.withLock({ $0 != nil }) else { throw .refused("the record is closed") }
      if let failure = writer.withLock({ $0.failure }) { throw .stopped(failure) }
      do throws(StoreError) { return try body(roller) } catch {
        writer.withLock { $0.note(error) }
        throw error
      }
    }
  }
}

/// A pack, as maintenance sees it.
package struct PackSummary: Sendable {
  /// Without `.pack`.
  package let name: String
  package let bytes: Int
  /// Stock git made it.
  package let hasDeltas: Bool
}
