import Foundation

/// A folder on disk as a tree of files; what `writ check` reads where nothing is committed yet.
package struct FolderTree: FileTree {
  private let root: URL
  /// Folders that are never a workflow repository's files.
  private static let skipped: Set<String> = [".git", ".build", "state"]

  package init(_ path: String) {
    root = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
  }

  package func files() throws -> [TreeFile] {
    var files: [TreeFile] = []
    for name in ["writ.yaml", "people.yaml"] + CodeOwnersReader.places
    where FileManager.default.fileExists(atPath: root.appending(path: name).path) {
      files.append(try file(at: name))
    }
    for folder in ["calendars", "workflows"] { files += try self.files(below: folder) }
    return files
  }

  private func files(below folder: String) throws -> [TreeFile] {
    let path = root.appending(path: folder).path
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: path).sorted().compactMap { name in
      let file = try file(at: "\(folder)/\(name)")
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: root.appending(path: file.path).path, isDirectory: &isFolder)
      return file.kind == .link || !isFolder.boolValue ? file : nil
    }
  }

  private func file(at path: String) throws -> TreeFile {
    let attributes = try FileManager.default.attributesOfItem(atPath: root.appending(path: path).path)
    let isLink = attributes[.type] as? FileAttributeType == .typeSymbolicLink
    let mode = (attributes[.posixPermissions] as? Int) ?? 0o644
    return TreeFile(path: path, kind: isLink ? .link : mode & 0o111 != 0 ? .executable : .file)
  }

  package func read(_ path: String) throws -> [UInt8]? {
    let file = root.appending(path: path)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return [UInt8](try Data(contentsOf: file))
  }
}
