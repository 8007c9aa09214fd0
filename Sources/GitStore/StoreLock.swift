import Glibc

/// Who has a record open.
package struct Holder: Hashable, Sendable, CustomStringConvertible {
  package let pid: Int32?
  /// Where its server listens, when it has one.
  package let address: String?

  package var description: String {
    let process = pid.map { "process \($0)" } ?? "another process"
    return address.map { "\(process), which serves \($0)" } ?? process
  }
}

/// The exclusive right to write a record, held while this value lives; local file systems only.
final class StoreLock: Sendable {
  private let file: Int32

  init(_ layout: StoreLayout, _ disk: Disk) throws(StoreError) {
    let file: Int32
    do { file = try disk.open(layout.lock, O_RDWR | O_CREAT) } catch {
      throw .notAStore(path: layout.folder, reason: error.description)
    }
    let isOurs: Bool
    do {
      isOurs = try disk.lock(file, layout.lock)
      if isOurs { try Self.sign(file, layout, disk) }
    } catch {
      close(file)
      throw .notDone(error)
    }
    guard isOurs else {
      close(file)
      throw .held(Holder(of: layout))
    }
    // Last: an initialiser that throws with everything set runs `deinit`, which would close the file a second time.
    self.file = file
  }

  /// Leaves our process id in the lock file, for the message to whoever comes next.
  private static func sign(_ file: Int32, _ layout: StoreLayout, _ disk: Disk) throws(Disk.Failure) {
    guard ftruncate(file, 0) == 0 else { throw Disk.Failure(call: .write, path: layout.lock, code: errno) }
    try Array("\(getpid())\n".utf8).withBytes { bytes throws(Disk.Failure) in
      try disk.write(bytes, to: file, layout.lock)
    }
  }

  /// Unlocks before closing: a child that is just being spawned may still share the open file.
  deinit {
    flock(file, LOCK_UN)
    close(file)
  }
}

extension Holder {
  /// What the lock and address files of a record say.
  init(of layout: StoreLayout) {
    let lock = (try? readFile(layout.lock)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let pid = lock.split(separator: "\n").first.flatMap { Int32($0) }
    let address = (try? readFile(layout.address)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) } ?? ""
    self.init(pid: pid, address: Self.field("address", in: address))
  }

  /// The value of a string field that has no escapes.
  private static func field(_ name: String, in json: String) -> String? {
    let parts = json.split(separator: "\"", omittingEmptySubsequences: false)
    guard let place = parts.firstIndex(of: Substring(name)), place + 2 < parts.count,
      parts[place + 1].allSatisfy({ $0 == ":" || $0 == " " })
    else { return nil }
    return String(parts[place + 2])
  }
}
