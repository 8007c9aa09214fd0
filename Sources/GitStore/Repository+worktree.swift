internal import CLibGit2
import Glibc

extension Repository {
  /// The working tree, the main one or a linked one, that has the branch (without `refs/heads/`) checked out.
  package func workingTree(of branch: String) -> String? {
    withHandle { handle in
      if git_repository_is_bare(handle) == 0, let main = Self.mainWorkingTree(handle, branch) {
        return main
      }
      var names = git_strarray()
      guard git_worktree_list(&names, handle) == 0 else { return nil }
      defer { git_strarray_dispose(&names) }
      for place in 0..<names.count {
        guard let name = names.strings[place] else { continue }
        if let path = Self.linkedWorkingTree(name, handle, branch) { return path }
      }
      return nil
    }
  }

  package func isCheckedOut(_ branch: String) -> Bool { workingTree(of: branch) != nil }

  private static func mainWorkingTree(_ repository: OpaquePointer, _ branch: String) -> String? {
    var main: OpaquePointer?
    guard git_repository_open(&main, git_repository_commondir(repository)) == 0, let main else { return nil }
    defer { git_repository_free(main) }
    guard headBranchOf(main) == branch, let path = git_repository_workdir(main) else { return nil }
    return String(cString: path)
  }

  private static func linkedWorkingTree(
    _ name: UnsafePointer<CChar>, _ repository: OpaquePointer, _ branch: String
  ) -> String? {
    var worktree: OpaquePointer?
    guard git_worktree_lookup(&worktree, repository, name) == 0, let worktree else { return nil }
    defer { git_worktree_free(worktree) }
    var linked: OpaquePointer?
    guard git_repository_open_from_worktree(&linked, worktree) == 0, let linked else { return nil }
    defer { git_repository_free(linked) }
    guard headBranchOf(linked) == branch, let path = git_worktree_path(worktree) else { return nil }
    return String(cString: path)
  }

  /// Whether the working tree and the index equal `HEAD` and no merge or rebase is under way. Untracked files do not count.
  package func isClean() throws(RepositoryError) -> Bool {
    try withHandle { handle throws(RepositoryError) in
      guard git_repository_state(handle) == 0 else { return false }
      var options = git_status_options()
      git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
      options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
      options.flags = 0
      var list: OpaquePointer?
      guard git_status_list_new(&list, handle, &options) == 0 else { throw .complaint("status") }
      defer { git_status_list_free(list) }
      return git_status_list_entrycount(list) == 0
    }
  }

  /// Makes git ignore `pattern` in this clone, by a line in `info/exclude`, unless it is there already.
  package func exclude(_ pattern: String) throws(RepositoryError) {
    let folder = gitFolder + "/info"
    let path = folder + "/exclude"
    let disk = Disk()
    do {
      let content = String(decoding: try readFile(path) ?? [], as: UTF8.self)
      if content.split(separator: "\n").contains(where: { $0 == pattern }) { return }
      try disk.makeFolders(folder)
      let separator = content.isEmpty || content.hasSuffix("\n") ? "" : "\n"
      try disk.replace(path, with: Array((content + separator + pattern + "\n").utf8))
    } catch { throw .broken(error.description) }
  }
}
