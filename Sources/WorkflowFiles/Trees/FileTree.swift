/// The files of a workflow repository, wherever they lie: in a commit, or in a folder.
package protocol FileTree: Sendable {
  /// Every file below the root, in order of path.
  func files() throws -> [TreeFile]
  /// The content, or `nil` where there is no such file.
  func read(_ path: String) throws -> [UInt8]?
}

package struct TreeFile: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case file, executable, link, submodule }
  /// Relative to the root, with `/`.
  package var path: String
  package var kind: Kind

  package init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }
}
