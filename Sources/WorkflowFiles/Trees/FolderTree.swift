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
    for name in ["writ.yaml", "people.yaml"]
    where FileManager.default.fileExists(atPath: root.appending(path: name).path) {
      files.append(try file(at: name))
    }
    let folder = root.appending(path: "workflows").path
    guard FileManager.default.fileExists(atPath: folder) else { return files }
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
      let file = try file(at: "workflows/" + path)
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: root.appending(path: file.path).path, isDirectory: &isFolder)
      if file.kind == .link || !isFolder.boolValue { files.append(file) }
    }
    return files
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
