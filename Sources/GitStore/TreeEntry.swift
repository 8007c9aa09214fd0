/// A file or folder in a tree.
package struct TreeEntry: Hashable, Sendable {
  /// The name within its folder.
  package let name: String
  package let mode: FileMode
  package let id: ObjectID
}

extension TreeEntry {
  /// An entry whose name is not UTF-8 becomes ``FileMode/unnamed``, so that one such name spoils nothing else.
  init(_ entry: TreeEntries.Entry) {
    if let name = String(validating: entry.name, as: UTF8.self) {
      self.init(name: name, mode: entry.mode, id: entry.id)
    } else {
      self.init(name: String(decoding: entry.name, as: UTF8.self), mode: .unnamed, id: entry.id)
    }
  }

  static func all(in tree: [UInt8]) throws(StoreError) -> [TreeEntry] {
    try tree.withBytes { bytes throws(StoreError) in
      var entries = TreeEntries(bytes)
      var all: [TreeEntry] = []
      while let entry = entries.next() { all.append(TreeEntry(entry)) }
      guard entries.isIntact else { throw .damaged("a tree cannot be read") }
      return all
    }
  }

  static func find(_ name: ArraySlice<UInt8>, in tree: [UInt8]) throws(StoreError) -> TreeEntry? {
    try tree.withBytes { bytes throws(StoreError) in
      var entries = TreeEntries(bytes)
      while let entry = entries.next() {
        if entry.name.elementsEqual(name) { return TreeEntry(entry) }
      }
      guard entries.isIntact else { throw .damaged("a tree cannot be read") }
      return nil
    }
  }
}
