internal import CLibGit2

/// The library, started once with the options that the whole process wants.
///
/// Strict object creation refuses objects that name missing ones; files that libgit2 writes are synced with their folders.
/// Ownership of repositories is validated as git does it (`safe.directory`).
enum LibGit2 {
  /// Touch it before any other call into libgit2.
  static let isStarted: Bool = {
    guard git_libgit2_init() > 0 else { return false }
    return writ_git_option_strict_objects(1) >= 0
      && writ_git_option_sync_files(1) >= 0
      && writ_git_option_open_packs(128) >= 0
      && writ_git_option_cache_bytes(64 << 20) >= 0
  }()

  /// What libgit2 says about the last call of this thread that failed.
  static func complaint() -> String {
    guard let error = git_error_last(), let message = error.pointee.message else { return "no reason given" }
    return String(cString: message)
  }
}

extension ObjectID {
  init(_ id: git_oid) {
    self = withUnsafeBytes(of: id) { bytes in
      guard let start = bytes.baseAddress else { preconditionFailure("git_oid has bytes") }
      return ObjectID(at: start)
    }
  }

  var gitID: git_oid {
    var id = git_oid()
    withUnsafeMutableBytes(of: &id) { bytes in
      if let start = bytes.baseAddress { store(at: start) }
    }
    return id
  }
}

extension ObjectKind {
  var gitType: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    }
  }
}
