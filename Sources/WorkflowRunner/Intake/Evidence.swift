import GitStore
import WorkflowFiles

/// What proves a decision by commit without the repository it was made in: the commit, the trees on the way to the
/// file, and the file, each as git stores it, so that anybody can hash them again; the same of its parents, so that it
/// is seen what the commit changed; the key and the policy that judged it.
enum Evidence {
  static func of(
    _ commit: CommitInfo, path: String, key: PublicKey?, policy: String?, in repository: Repository
  ) throws -> [UInt8] {
    var evidence = EvidenceFile(subject: path)
    try add(commit, path, to: &evidence, in: repository)
    for parent in commit.parents.prefix(1) {
      try add(try repository.commit(parent), path, to: &evidence, in: repository)
    }
    if let key { evidence.add(.key, key.fingerprint, Array(key.text.utf8)) }
    evidence.add(.policy, policy ?? "none")
    return evidence.bytes
  }

  private static func add(
    _ commit: CommitInfo, _ path: String, to evidence: inout EvidenceFile, in repository: Repository
  ) throws {
    evidence.add(.commit, commit.id.description, commit.raw)
    evidence.add(.tree, commit.tree.description, try repository.tree(commit.tree))
    var prefix = ""
    for name in path.split(separator: "/") {
      prefix += prefix.isEmpty ? name : "/\(name)"
      guard let entry = try repository.entry(at: prefix, inCommit: commit.id) else { break }
      if entry.mode.isFolder {
        evidence.add(.tree, entry.id.description, try repository.tree(entry.id))
      } else {
        evidence.add(
          .blob, entry.id.description, try repository.blob(entry.id, limit: CommitTree.fileLimit))
      }
    }
  }
}
