import Dispatch
import GitStore
import Synchronization
import WorkflowEngine
import WorkflowFiles

/// Reads the head of every live instance: folders side by side on all processors, each blob by the id in its folder.
struct LiveHeads {
  let past: Snapshot

  /// A folder whose files one processor reads on its own.
  private struct Branch {
    let path: String
    let tree: ObjectID
  }

  /// Enough branches that no processor waits long for the last.
  private static let enough = 128

  func read() throws -> [Instance] {
    let branches = try branches()
    let results = Mutex<[Result<[Instance], any Error>]>([])
    DispatchQueue.concurrentPerform(iterations: branches.count) { place in
      let result = Result { try heads(below: branches[place]) }
      results.withLock { $0.append(result) }
    }
    return try results.withLock { $0 }.flatMap { try $0.get() }
  }

  private func heads(below branch: Branch) throws -> [Instance] {
    var found: [(id: InstanceID, blob: ObjectID)] = []
    try past.walk(tree: branch.tree, at: branch.path) { path, file throws(StoreError) in
      guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
        case (let id, .head)? = InstanceFileKind.read(String(path[path.utf8.index(after: slash)...]))
      else { return }
      found.append((id, file.id))
    }
    var alike = Alike()
    return try found.map { id, blob in
      var instance = try StoredInstance(id, in: .live, of: past, main: try past.blob(blob)).instance()
      alike.share(&instance)
      return instance
    }
  }

  /// Folders below `instances/` until there are enough; folders near the root hold folders, so files are all below them.
  private func branches() throws -> [Branch] {
    let root = StateLayout.Place.live.rawValue
    guard let entry = try past.entry(at: root), entry.mode.isFolder else { return [] }
    var branches = [Branch(path: root, tree: entry.id)]
    while branches.count < Self.enough {
      let next = try branches.flatMap { branch in
        let entries = try past.entries(of: branch.tree)
        guard entries.allSatisfy(\.mode.isFolder) else { return [branch] }
        return entries.map { Branch(path: "\(branch.path)/\($0.name)", tree: $0.id) }
      }
      if next.count == branches.count { break }
      branches = next
    }
    return branches
  }
}
