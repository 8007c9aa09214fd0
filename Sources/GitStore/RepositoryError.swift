/// Why people's repository could not be read or written.
package enum RepositoryError: Error, Hashable, Sendable {
  /// There is no repository at this path, or above it.
  case notARepository(String)
  /// The repository belongs to another user, and git's `safe.directory` does not list it.
  case foreignOwner(String)
  /// There is no such object.
  case notFound(String)
  /// More bytes or files than the caller allows.
  case tooLarge(String)
  /// The request makes no sense, such as a path through `..`.
  case refused(String)
  /// Something in the repository cannot be read.
  case broken(String)
}

extension RepositoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notARepository(let path): "there is no git repository at \(path)"
    case .foreignOwner(let path):
      "\(path) belongs to another user; trust it with: git config --global --add safe.directory \(path)"
    case .notFound(let what): "there is no \(what)"
    case .tooLarge(let what): "\(what)"
    case .refused(let reason): reason
    case .broken(let what): "the repository is broken: \(what)"
    }
  }
}

extension RepositoryError {
  init(_ error: StoreError) {
    self =
      switch error {
      case .refused(let reason): .refused(reason)
      case .damaged(let what): .broken(what)
      default: .broken(error.description)
      }
  }

  /// Runs `body`, which speaks of objects, for a caller that thinks of a repository.
  static func translating<Value>(_ body: () throws(StoreError) -> Value) throws(RepositoryError) -> Value {
    do { return try body() } catch { throw RepositoryError(error) }
  }

  /// The last complaint of libgit2, about `what`.
  static func complaint(_ what: String) -> RepositoryError { .broken("\(what): \(LibGit2.complaint())") }
}

/// Why a ref was not moved.
package enum RefConflict: Error, Hashable, Sendable {
  /// The ref is at `actual` (nil: there is none) and not where the caller expects it.
  case moved(actual: ObjectID?)
  /// Somebody else is moving it just now, or it cannot be written.
  case failed(RepositoryError)
}
