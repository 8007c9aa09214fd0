import GitStore
import WorkflowFiles

/// Files of live instances that were written a short while ago: one that moves on at once is not read back from its pack.
///
/// Two generations, so that the oldest go together and nothing has to be ordered.
struct RecentFiles {
  private static let folder = StateLayout.Place.live.rawValue + "/"
  /// Bytes of one generation.
  private static let limit = 8 << 20

  private var new: [String: [UInt8]] = [:]
  private var old: [String: [UInt8]] = [:]
  private var size = 0

  subscript(path: String) -> [UInt8]? { new[path] ?? old[path] }

  /// - Parameter changes: what was committed.
  mutating func keep(_ changes: [GitStore.Change]) {
    for change in changes {
      switch change.content {
      case .write(let bytes, _) where change.path.hasPrefix(Self.folder): put(bytes, at: change.path)
      // Whoever moves an instance writes its head where it comes to lie: what is left here is not asked for again.
      case .move, .moveFiles: break
      case .write, .delete: forget(change.path)
      }
    }
  }

  private mutating func put(_ bytes: [UInt8], at path: String) {
    if size + bytes.count > Self.limit {
      old = new
      new = [:]
      size = 0
    }
    new[path] = bytes
    size += bytes.count
  }

  private mutating func forget(_ path: String) {
    new[path] = nil
    old[path] = nil
  }
}
