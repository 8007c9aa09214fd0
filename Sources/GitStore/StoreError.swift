/// Why the record did not do what was asked. ``outcome`` and ``mustStop`` say what the caller may conclude.
package enum StoreError: Error, Sendable {
  /// Another process has the lock.
  case held(Holder)
  /// The folder holds no record, or one that this version cannot read.
  case notAStore(path: String, reason: String)
  /// The changes make no sense on this tree; nothing was written.
  case refused(String)
  /// The ref is not where the change expects it. The ref was not touched.
  case moved(expected: ObjectID?, actual: ObjectID?)
  /// An error before the ref was touched: the record is as it was.
  case notDone(Disk.Failure)
  /// An error from the ref's rename on: only reading the ref again, after a restart, tells.
  case unknown(Disk.Failure)
  /// The store stopped after an earlier error and accepts nothing more. Nothing was written.
  case stopped(Disk.Failure)
  /// An object that should be there is missing or broken.
  case damaged(String)
  /// A file could not be read.
  case unreadable(Disk.Failure)
}

extension StoreError {
  /// What became of a commit that failed.
  package enum Outcome: Sendable { case notDone, unknown }

  package var outcome: Outcome {
    if case .unknown = self { .unknown } else { .notDone }
  }

  /// Whether the process must end and read the record anew: after a failed sync, or an unknown outcome.
  package var mustStop: Bool {
    switch self {
    case .unknown, .stopped: true
    case .notDone(let failure): failure.call == .sync
    default: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .held(let holder): "the record is in use by \(holder)"
    case .notAStore(let path, let reason): "\(path) holds no record: \(reason)"
    case .refused(let reason): "refused: \(reason)"
    case .moved(let expected, let actual):
      "the ref is at \(actual?.description ?? "nothing"), not at \(expected?.description ?? "nothing")"
    case .notDone(let failure): "not done: \(failure)"
    case .unknown(let failure): "outcome unknown: \(failure)"
    case .stopped(let failure): "stopped by an earlier error: \(failure)"
    case .damaged(let what): "the record is damaged: \(what)"
    case .unreadable(let failure): "cannot read: \(failure)"
    }
  }
}

extension StoreError {
  /// Runs `body`; a failing call becomes the error that `wrap` makes of it.
  static func wrapping<Value>(
    _ wrap: (Disk.Failure) -> StoreError, _ body: () throws(Disk.Failure) -> Value
  ) throws(StoreError) -> Value {
    do { return try body() } catch { throw wrap(error) }
  }
}
