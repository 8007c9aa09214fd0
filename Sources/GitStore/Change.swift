/// One change to the files of a tree.
package struct Change: Sendable {
  package enum Content: Sendable {
    /// Puts a file here, new or instead of the old one.
    case write([UInt8], mode: FileMode = .file)
    /// Removes the file or folder, which must exist.
    case delete
    /// Brings the file or folder from there; nothing may be here yet.
    case move(from: String)
    /// Brings all files, and at least one, whose paths begin so; here they begin with this path instead.
    case moveFiles(from: String)
  }

  package let path: String
  package let content: Content

  package init(path: String, content: Content) {
    self.path = path
    self.content = content
  }

  package static func write(_ path: String, _ bytes: [UInt8]) -> Change {
    Change(path: path, content: .write(bytes))
  }

  package static func delete(_ path: String) -> Change { Change(path: path, content: .delete) }

  package static func move(_ path: String, from source: String) -> Change {
    Change(path: path, content: .move(from: source))
  }

  package static func moveFiles(_ path: String, from source: String) -> Change {
    Change(path: path, content: .moveFiles(from: source))
  }
}
