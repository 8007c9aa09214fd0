import Foundation
import GitStore

/// A repository of nobody's that borrows objects from other folders, and goes away with this value.
final class PassingRepository {
  let repository: Repository
  private let folder: URL

  /// - Parameter objects: folders of objects, as absolute paths.
  init(borrowing objects: [String]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "writ-view-\(Secret.make().prefix(12))")
    let files = FileManager.default
    do {
      for name in ["objects/info", "refs/heads"] {
        try files.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
      }
      try Data("ref: refs/heads/none\n".utf8).write(to: folder.appending(path: "HEAD"))
      let lines = objects.map { "\($0)\n" }.joined()
      try Data(lines.utf8).write(to: folder.appending(path: "objects/info/alternates"))
      repository = try Repository.open(at: folder.path)
    } catch {
      try? files.removeItem(at: folder)
      throw error
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
