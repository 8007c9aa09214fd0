/// A file or folder in a tree.
package struct TreeEntry: Hashable, Sendable {
  /// The name within its folder.
  package let name: String
  package let mode: FileMode
  package let id: ObjectID
}

extension TreeEntry {
  /// Refuses a name that is not UTF-8: no text stands for it.
  init(_ entry: TreeEntries.Entry) throws(StoreError) {
    guard let name = String(validating: entry.name, as: UTF8.self) else {
      throw .damaged("a tree has a name that is not UTF-8: \(String(decoding: entry.name, as: UTF8.self))")
    }
    self.init(name: name, mode: entry.mode, id: entry.id)
  }

  static func all(in tree: [UInt8]) throws(StoreError) -> [TreeEntry] {
    try tree.withBytes { bytes throws(StoreError) in
      var entries = TreeEntries(bytes)
      var all: [TreeEntry] = []
      while let entry = entries.next() { all.append(try TreeEntry(entry)) }
      guard entries.isIntact else { throw .damaged("a tree cannot be read") }
      return all
    }
  }

  static func find(_ name: ArraySlice<UInt8>, in tree: [UInt8]) throws(StoreError) -> TreeEntry? {
    try tree.withBytes { bytes throws(StoreError) in
      var entries = TreeEntries(bytes)
      while let entry = entries.next() {
        if entry.name.elementsEqual(name) { return try TreeEntry(entry) }
      }
      guard entries.isIntact else { throw .damaged("a tree cannot be read") }
      return nil
    }
  }
}
