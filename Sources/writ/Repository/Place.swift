import GitStore

/// The workflow repository that a verb works on, and where its record lies.
struct Place {
  let repository: Repository
  /// The working tree; for a bare repository the repository itself.
  let folder: String
  /// The record: a folder and git repository of its own beside `workflows/`.
  let state: String

  /// Nobody works in it: a server's, which people push to.
  var isBare: Bool { repository.workingTree == nil }

  /// - Parameter path: a folder in it, as `-C` names it.
  init(at path: String) throws {
    repository = try Repository.discover(from: path)
    folder = repository.workingTree ?? repository.gitFolder
    // Linked working trees share the record of the main one.
    let isBare = !repository.gitFolder.hasSuffix("/.git")
    state = (isBare ? repository.gitFolder : String(repository.gitFolder.dropLast("/.git".count))) + "/state"
  }

  var hasRecord: Bool { StateStore.isRecord(at: state) }

  func requireRecord() throws {
    guard hasRecord else {
      throw Complaint(.notFound, "nothing is deployed here yet", hint: "commit your workflows, then: writ serve")
    }
  }

  /// The commit that a name means.
  func commit(_ name: String) throws -> ObjectID {
    guard let commit = repository.resolve(name) else {
      throw Complaint(.notFound, "there is no commit '\(name)' in \(folder)", hint: "git log --oneline lists them")
    }
    return commit
  }
}
