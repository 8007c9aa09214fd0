import Synchronization

extension StateStore {
  /// Merges small packs, if there are many; returns how many were replaced, 0 when there is nothing to do. To be called
  /// after some commits, from any thread: commits and reading go on.
  package func rollUp() throws(StoreError) -> Int {
    try withRoller { roller throws(StoreError) in try roller.roll() }
  }

  /// The names of the packs that lie there now, without `.pack`: a list to freeze for `git pack-objects --stdin-packs`.
  package func packNames() -> [String] { objects.all.map(\.name).sorted() }

  /// Takes over a pack that stock git made from packs of this record in a scratch folder, durably, and then removes those.
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
