extension StoreLayout {
  /// Makes the files and folders of an empty repository that stock git can read and may not change. Files that are
  /// there already with the same content stay, so an interrupted creation can be taken up again.
  func create(_ disk: Disk) throws(Disk.Failure) {
    let others = [objects + "/info", git + "/refs/tags", git + "/hooks", git + "/info"]
    for folder in [own, aside, packs, heads, foreignRefs] + others {
      try disk.makeFolders(folder)
    }
    try place(git + "/HEAD", "ref: \(Self.ref)\n", disk)
    try place(git + "/config", Self.config, disk)
    try place(git + "/description", "The record of Writ; only the runner writes here.\n", disk)
    try place(git + "/hooks/reference-transaction", Self.hook, mode: 0o755, disk)
  }

  private func place(_ path: String, _ text: String, mode: UInt32 = 0o644, _ disk: Disk) throws(Disk.Failure) {
    let content = Array(text.utf8)
    if try readFile(path) == content { return }
    try disk.replace(path, with: content, mode: mode)
  }

  /// `bare` keeps `add` and `commit` away while `log`, `show` and `grep` work. `preciousObjects` makes `gc`, `prune` and
  /// `repack -d` leave every object where it is, whatever options people give them.
  private static let config = """
    [core]
    \trepositoryformatversion = 1
    \tfilemode = true
    \tbare = true
    \tlogAllRefUpdates = false
    \tfsync = all
    \tfsyncMethod = fsync
    [extensions]
    \tpreciousObjects = true
    [gc]
    \tauto = 0
    \tpruneExpire = never
    \tpackRefs = false
    [maintenance]
    \tauto = false
    [receive]
    \tautogc = false
    \tdenyDeletes = true
    \tdenyNonFastForwards = true
    \tfsckObjects = true

    """

  /// Stock git asks this hook before it changes any ref; reading, cloning and fetching from here change none.
  private static let hook = """
    #!/bin/sh
    # Writ's record: every ref here is moved by the runner alone, which runs no hooks.
    if [ "$1" = prepared ]; then
      echo "This is Writ's record: only the runner writes here. Clone it to work on a copy." >&2
      exit 1
    fi
    exit 0

    """
}

extension StoreLayout {
  /// Makes `git gc` believe that somebody is at it: it looks at this file's age (12 hours) and host.
  func refreshGuard(_ disk: Disk) throws(Disk.Failure) {
    let text = "1 writ-record\n"
    try disk.replace(gcGuard, with: Array(text.utf8))
  }
}
