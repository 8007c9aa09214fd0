/// What an entry of a tree is. Callers that accept only plain files and folders refuse the rest.
package struct FileMode: Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let folder = FileMode(rawValue: 0o040000)
  package static let file = FileMode(rawValue: 0o100644)
  package static let executable = FileMode(rawValue: 0o100755)
  package static let symlink = FileMode(rawValue: 0o120000)
  package static let submodule = FileMode(rawValue: 0o160000)

  /// An entry whose name is not UTF-8: it is listed, under a name that stands for it, and cannot be read.
  package static let unnamed = FileMode(rawValue: 0)

  package var isFolder: Bool { rawValue & 0o170000 == 0o040000 }
  package var isFile: Bool { rawValue & 0o170000 == 0o100000 }
}

extension FileMode: CustomStringConvertible {
  package var description: String { String(rawValue, radix: 8) }
}
