/// A tree that is edited in memory, loading folders as edits go through them, and sealed into objects.
///
/// An edit that throws leaves the tree half changed: start a new one from the last sealed root.
final class WorkingTree {
  private let source: any ObjectSource
  private(set) var root: TreeNode
  /// How many folders are in memory.
  private(set) var loaded = 1
  private var batch = 0

  /// Starts at the tree `root`, or at the empty tree.
  init(root: ObjectID?, source: any ObjectSource) throws(StoreError) {
    self.source = source
    self.root = if let root { TreeNode(bytes: try source.require(root, .tree)) } else { TreeNode() }
  }

  func apply(_ change: Change, into sink: inout some ObjectSink) throws(StoreError) {
    let path = try StorePath(change.path)
    switch change.content {
    case .write(let content, let mode): try write(content, mode, path, change.path, &sink)
    case .delete: _ = try take(path, change.path)
    case .move(let from): try move(from: from, to: path, change.path)
    case .moveFiles(let from): try moveFiles(from: from, to: path, change.path)
    }
  }

  private func write(
    _ content: [UInt8], _ mode: FileMode, _ path: StorePath, _ text: String, _ sink: inout some ObjectSink
  ) throws(StoreError) {
    guard mode.isFile else { throw .refused("'\(text)' is no plain file") }
    let id = ObjectID.of(.blob, content)
    let (folder, name) = try descend(path, making: true, text)
    let (entry, insertAt) = try folder.find(name, isFolder: false)
    if let entry, entry.mode == mode {
      if entry.id == id { return }
      folder.set(id, at: entry)
    } else if let entry {
      guard !entry.mode.isFolder else { throw .refused("'\(text)' is a folder") }
      folder.remove(entry)
      folder.insert(name, mode, id, at: entry.range.lowerBound)
    } else {
      folder.insert(name, mode, id, at: insertAt)
    }
    try content.withBytes { bytes throws(StoreError) in try sink.add(id, .blob, bytes) }
  }

  private func move(from: String, to path: StorePath, _ text: String) throws(StoreError) {
    let (entry, node) = try take(StorePath(from), from)
    let (folder, name) = try descend(path, making: true, text)
    let (existing, insertAt) = try folder.find(name, isFolder: entry.mode.isFolder)
    guard existing == nil else { throw .refused("'\(text)' exists already") }
    folder.insert(name, entry.mode, entry.id, at: insertAt)
    guard let node else { return }
    folder.children[TreeNode.Name(Array(name))] = node
    if node.isChanged { folder.touched.append(name) }
  }

  private func moveFiles(from: String, to path: StorePath, _ text: String) throws(StoreError) {
    let (source, beginning) = try descend(StorePath(from), making: false, from)
    let files = source.files(beginning: beginning)
    guard !files.isEmpty else { throw .refused("no file begins with '\(from)'") }
    for file in files.reversed() { source.remove(file.place) }
    let (folder, newBeginning) = try descend(path, making: true, text)
    for file in files {
      let name = newBeginning + file.name.dropFirst(beginning.count)
      let (existing, insertAt) = try folder.find(name, isFolder: false)
      guard existing == nil else { throw .refused("a file that begins with '\(text)' exists already") }
      folder.insert(name, file.place.mode, file.place.id, at: insertAt)
    }
  }

  /// Removes an entry, and returns it with its folder when that was loaded.
  private func take(_ path: StorePath, _ text: String) throws(StoreError) -> (TreeNode.Place, TreeNode?) {
    let (folder, name) = try descend(path, making: false, text)
    guard let entry = try folder.find(name, isFolder: false).entry else { throw .refused("there is no '\(text)'") }
    folder.remove(entry)
    return (entry, folder.children.removeValue(forKey: name))
  }

  /// Goes to the folder that holds `path`, marking the way as changed.
  private func descend(
    _ path: StorePath, making: Bool, _ text: String
  ) throws(StoreError) -> (folder: TreeNode, name: TreeNode.Name) {
    var node = root
    node.isChanged = true
    node.lastUsed = batch
    for range in path.names.dropLast() {
      let name = path.bytes[range]
      let child = try child(name, of: node, making: making, text)
      if !child.isChanged {
        child.isChanged = true
        node.touched.append(name)
      }
      child.lastUsed = batch
      node = child
    }
    return (node, path.bytes[path.names[path.names.count - 1]])
  }

  private func child(
    _ name: TreeNode.Name, of node: TreeNode, making: Bool, _ text: String
  ) throws(StoreError) -> TreeNode {
    if let child = node.children[name] { return child }
    let (entry, insertAt) = try node.find(name, isFolder: true)
    let child: TreeNode
    if let entry {
      guard entry.mode.isFolder else { throw .refused("'\(text)' goes through something that is no folder") }
      child = TreeNode(bytes: try source.require(entry.id, .tree))
    } else {
      guard making else { throw .refused("there is no '\(text)'") }
      child = TreeNode()
      node.insert(name, .folder, .emptyTree, at: insertAt)
    }
    node.children[TreeNode.Name(Array(name))] = child
    loaded += 1
    return child
  }
}

extension WorkingTree {
  /// Hashes the changed folders from the leaves up, hands them to `sink` and returns the root's id.
  func seal(into sink: inout some ObjectSink) throws(StoreError) -> ObjectID {
    batch += 1
    return try seal(root, into: &sink)
  }

  private func seal(_ node: TreeNode, into sink: inout some ObjectSink) throws(StoreError) -> ObjectID {
    for name in node.touched {
      guard let child = node.children[name], child.isChanged else { continue }
      let id = try seal(child, into: &sink)
      guard let entry = try node.find(name, isFolder: true).entry else { continue }
      if child.bytes.isEmpty {
        node.remove(entry)
        node.children[name] = nil
      } else {
        node.set(id, at: entry)
      }
    }
    node.touched = []
    node.isChanged = false
    let id = ObjectID.of(.tree, node.bytes)
    if !node.bytes.isEmpty || node === root {
      try node.bytes.withBytes { bytes throws(StoreError) in try sink.add(id, .tree, bytes) }
    }
    return id
  }

  /// Forgets folders that the last `batches` did not touch, when more than `limit` are loaded. Looks now and then only.
  func forget(unusedFor batches: Int, above limit: Int) {
    guard loaded > limit, batch % 64 == 0 else { return }
    loaded = 1 + forget(below: root, usedBefore: batch - batches)
  }

  private func forget(below node: TreeNode, usedBefore oldest: Int) -> Int {
    node.children = node.children.filter { $0.value.lastUsed >= oldest }
    return node.children.values.reduce(node.children.count) { $0 + forget(below: $1, usedBefore: oldest) }
  }
}

extension ObjectID {
  /// What git calls the tree with no entries.
  package static let emptyTree = ObjectID.of(.tree, [])
}
