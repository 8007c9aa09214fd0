internal import CLibGit2
import Synchronization

/// People's repository, mostly read. Usable from any thread; calls about refs and configuration take turns.
package final class Repository: Sendable {
  private let turn = Mutex(())
  /// libgit2's handle: for one thread at a time, through ``withHandle(_:)``.
  private nonisolated(unsafe) let handle: OpaquePointer
  let objects: ObjectReaders

  /// The working tree, without a slash at the end; nil for a bare repository.
  package let workingTree: String?
  /// The `.git` folder that all working trees share, without a slash at the end.
  package let gitFolder: String

  private init(owning handle: OpaquePointer) throws(RepositoryError) {
    self.handle = handle
    workingTree = git_repository_workdir(handle).map { Self.trimmed(String(cString: $0)) }
    gitFolder = Self.trimmed(String(cString: git_repository_commondir(handle)))
    let folder = gitFolder + "/objects"
    do { objects = try ObjectReaders(objects: folder) } catch {
      git_repository_free(handle)
      throw RepositoryError(error)
    }
  }

  deinit { git_repository_free(handle) }

  /// Runs `body` with libgit2's handle while nobody else has it.
  func withHandle<Value: Sendable, Failure: Error>(
    _ body: (OpaquePointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try turn.withLock { _ throws(Failure) in try body(handle) }
  }

  /// Opens the repository whose working tree or `.git` folder is at `path`.
  package static func open(at path: String) throws(RepositoryError) -> Repository {
    guard LibGit2.isStarted else { throw .broken("libgit2 does not start") }
    var pointer: OpaquePointer?
    let code = git_repository_open(&pointer, path)
    if code == GIT_ENOTFOUND.rawValue { throw .notARepository(path) }
    if code == GIT_EOWNER.rawValue { throw .foreignOwner(path) }
    guard code == 0, let pointer else { throw .complaint(path) }
    return try Repository(owning: pointer)
  }

  /// Opens the repository that the folder `path` is in. A record's own repository on the way up is passed over.
  package static func discover(from path: String) throws(RepositoryError) -> Repository {
    guard LibGit2.isStarted else { throw .broken("libgit2 does not start") }
    var start = path
    while true {
      var found = git_buf()
      defer { git_buf_dispose(&found) }
      guard git_repository_discover(&found, start, 0, nil) == 0, let text = found.ptr else {
        throw .notARepository(path)
      }
      let folder = trimmed(String(cString: text))
      guard folder.hasSuffix("/.git"), StateStore.isRecord(at: parent(of: folder)) else { return try open(at: folder) }
      start = parent(of: parent(of: folder))
    }
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

extension Repository {
  /// The branch that `HEAD` is on, without `refs/heads/`, born or not; nil when `HEAD` is detached.
  package var headBranch: String? { withHandle { headBranchOf($0) } }

  /// A string from the repository's, the user's or the system's configuration.
  package func config(_ key: String) -> String? {
    withHandle { handle in
      var config: OpaquePointer?
      guard git_repository_config_snapshot(&config, handle) == 0 else { return nil }
      defer { git_config_free(config) }
      var value: UnsafePointer<CChar>?
      guard git_config_get_string(&value, config, key) == 0, let value else { return nil }
      return String(cString: value)
    }
  }
}

/// The branch that a repository's own `HEAD` names.
func headBranchOf(_ repository: OpaquePointer) -> String? {
  var head: OpaquePointer?
  guard git_reference_lookup(&head, repository, "HEAD") == 0 else { return nil }
  defer { git_reference_free(head) }
  guard let target = git_reference_symbolic_target(head) else { return nil }
  let name = String(cString: target)
  return name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : name
}
