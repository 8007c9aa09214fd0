internal import CLibGit2
import Synchronization

/// One handle of libgit2 on a folder of objects. For one thread at a time: ``ObjectReaders`` sees to that, which is why
/// it may cross threads.
private final class ObjectReader: @unchecked Sendable {
  private let database: OpaquePointer

  init(objects: String) throws(StoreError) {
    var database: OpaquePointer?
    guard LibGit2.isStarted, git_odb_open(&database, objects) == 0, let database else {
      throw .notAStore(path: objects, reason: LibGit2.complaint())
    }
    self.database = database
  }

  deinit { git_odb_free(database) }

  func content(of id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> [UInt8]? {
    var object: OpaquePointer?
    var gitID = id.gitID
    let code = git_odb_read(&object, database, &gitID)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    guard code == 0, let object else { throw .damaged("\(kind.word) \(id): \(LibGit2.complaint())") }
    defer { git_odb_object_free(object) }
    guard git_odb_object_type(object) == kind.gitType else { return nil }
    return Array(UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object)))
  }

  func size(of id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> Int? {
    var length = 0
    var type = GIT_OBJECT_INVALID
    var gitID = id.gitID
    let code = git_odb_read_header(&length, &type, database, &gitID)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    guard code == 0 else { throw .damaged("\(kind.word) \(id): \(LibGit2.complaint())") }
    return type == kind.gitType ? length : nil
  }
}

/// Reads the objects of one folder through libgit2, from any number of threads: each call borrows a handle that nobody
/// else uses.
///
/// A handle that misses an object looks for new packs once, so what was written after it was opened is found; one that
/// fails, as it may when packs were removed under it, is replaced once.
final class ObjectReaders: ObjectSource {
  private let objects: String
  private let idle: Mutex<[ObjectReader]>

  /// Opens a first handle on the folder `objects`.
  init(objects: String) throws(StoreError) {
    self.objects = objects
    idle = Mutex([try ObjectReader(objects: objects)])
  }

  func content(of id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> [UInt8]? {
    try withReader { reader throws(StoreError) in try reader.content(of: id, kind) }
  }

  /// How many bytes the object has, without reading all of it; nil when there is none of that name and kind.
  func size(of id: ObjectID, _ kind: ObjectKind) throws(StoreError) -> Int? {
    try withReader { reader throws(StoreError) in try reader.size(of: id, kind) }
  }

  private func withReader<Value>(_ body: (ObjectReader) throws(StoreError) -> Value) throws(StoreError) -> Value {
    if let reader = idle.withLock({ $0.popLast() }), let value = try? body(reader) {
      idle.withLock { $0.append(reader) }
      return value
    }
    let reader = try ObjectReader(objects: objects)
    let value = try body(reader)
    idle.withLock { $0.append(reader) }
    return value
  }
}
