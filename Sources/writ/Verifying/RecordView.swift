import GitStore

/// A record, or a clone of one, opened for reading only: no lock, so that it can be looked at beside a server.
///
/// libgit2 opens no repository that protects its objects (`extensions.preciousObjects`), so a passing repository borrows
/// the objects and is removed with this value.
final class RecordView {
  var repository: Repository { passing.repository }
  /// The last commit; `nil` for a record that holds nothing yet.
  let tip: ObjectID?
  private let passing: PassingRepository

  init(of path: String) throws {
    let record = GitProgram(folder: path)
    let (status, objects, _) = try record.outcome(["rev-parse", "--path-format=absolute", "--git-path", "objects"])
    guard status == 0 else { throw Complaint(.notFound, "\(path) is no record", hint: "name it with --state FOLDER") }
    let head = try record.outcome(["rev-parse", "--verify", "--quiet", "refs/heads/state"])
    tip = ObjectID(hex: head.output)
    passing = try PassingRepository(borrowing: [objects])
  }
}
