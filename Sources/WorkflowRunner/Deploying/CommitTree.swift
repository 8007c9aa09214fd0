package import GitStore
package import WorkflowFiles

/// The files of a commit of people's repository, read from the object database and never from a working tree.
package struct CommitTree: FileTree {
  private let repository: Repository
  private let commit: ObjectID
  static let fileLimit = 1 << 20

  package init(repository: Repository, commit: ObjectID) {
    self.repository = repository
    self.commit = commit
  }

  package func files() throws -> [TreeFile] {
    try repository.files(under: "", in: commit).compactMap { file in
      RepositoryPath(file.path) == nil ? nil : TreeFile(path: file.path, kind: TreeFile.Kind(file.mode))
    }
  }

  package func read(_ path: String) throws -> [UInt8]? {
    guard let entry = try repository.entry(at: path, inCommit: commit) else { return nil }
    return try repository.blob(entry.id, limit: Self.fileLimit)
  }
}

extension TreeFile.Kind {
  fileprivate init(_ mode: FileMode) {
    switch mode {
    case .symlink: self = .link
    case .submodule: self = .submodule
    case .executable: self = .executable
    default: self = .file
    }
  }
}
