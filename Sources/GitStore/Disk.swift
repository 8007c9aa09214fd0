import Glibc

/// Every call that changes the record's folder goes through here, so that a test can make the n-th one fail.
///
/// `EINTR` is retried for calls that may be repeated; a sync never is: after a failed sync the kernel may already have
/// dropped the pages, and a second one that succeeds would prove nothing.
package struct Disk: Sendable {
  package enum Call: String, Sendable { case open, read, write, sync, rename, unlink, mkdir, lock }

  /// What a test wants to happen instead of a call.
  package enum Fault: Sendable {
    /// The call has no effect and fails with this `errno`.
    case fails(Int32)
    /// The call takes effect, and yet reports this `errno`.
    case failsAfterwards(Int32)
    /// A write takes at most this many bytes.
    case writesAtMost(Int)
    /// The call has no effect, and yet reports success. Not for `open`, which has to give a file.
    case pretends
  }

  /// Asked before each call with the path it is about; `nil` lets the call through.
  package typealias Plan = @Sendable (Call, String) -> Fault?

  private let plan: Plan?

  /// The disk as it is.
  package init() { plan = nil }

  /// The disk with faults.
  package init(plan: @escaping Plan) { self.plan = plan }

  func open(_ path: String, _ flags: Int32, mode: mode_t = 0o644) throws(Failure) -> Int32 {
    try perform(.open, path) { _ in Glibc.open(path, flags | O_CLOEXEC, mode) }
  }

  func sync(_ file: Int32, _ path: String) throws(Failure) {
    _ = try perform(.sync, path) { _ in fsync(file) }
  }

  func rename(_ old: String, to new: String) throws(Failure) {
    _ = try perform(.rename, new) { _ in Glibc.rename(old, new) }
  }

  func unlink(_ path: String) throws(Failure) {
    _ = try perform(.unlink, path) { _ in Glibc.unlink(path) }
  }

  func makeFolder(_ path: String) throws(Failure) {
    _ = try perform(.mkdir, path) { _ in mkdir(path, 0o755) }
  }

  /// Takes the exclusive lock on `file`, or returns false when somebody else has it.
  func lock(_ file: Int32, _ path: String) throws(Failure) -> Bool {
    do {
      _ = try perform(.lock, path) { _ in flock(file, LOCK_EX | LOCK_NB) }
      return true
    } catch  where error.code == EWOULDBLOCK {
      return false
    }
  }

  /// Writes all of `bytes`, however many calls it takes.
  func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, _ path: String) throws(Failure) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let whole = rest.count
      let written = try perform(.write, path, pretending: whole) { most in Glibc.write(file, start, min(whole, most)) }
      guard written > 0 else { throw Failure(call: .write, path: path, code: ENOSPC) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  private func perform<Value: SignedInteger>(
    _ call: Call, _ path: String, pretending success: Value = 0, _ body: (_ most: Int) -> Value
  ) throws(Failure) -> Value {
    while true {
      do { return try attempt(call, path, success, body) } catch  where error.code == EINTR && call.mayRepeat {
        continue
      }
    }
  }

  private func attempt<Value: SignedInteger>(
    _ call: Call, _ path: String, _ success: Value, _ body: (_ most: Int) -> Value
  ) throws(Failure) -> Value {
    switch plan?(call, path) {
    case nil: return try check(body(.max), call, path)
    case .fails(let code): throw Failure(call: call, path: path, code: code)
    case .pretends: return success
    case .writesAtMost(let limit): return try check(body(max(limit, 1)), call, path)
    case .failsAfterwards(let code):
      _ = try check(body(.max), call, path)
      throw Failure(call: call, path: path, code: code)
    }
  }

  private func check<Value: SignedInteger>(_ result: Value, _ call: Call, _ path: String) throws(Failure) -> Value {
    if result < 0 { throw Failure(call: call, path: path, code: errno) }
    return result
  }
}

extension Disk {
  /// A call that failed, with the system's number for the reason.
  package struct Failure: Error, Sendable, CustomStringConvertible {
    package let call: Call
    package let path: String
    package let code: Int32

    package init(call: Call, path: String, code: Int32) {
      self.call = call
      self.path = path
      self.code = code
    }

    package var description: String { "\(call.rawValue) \(path): \(String(cString: strerror(code)))" }
  }
}

extension Disk.Call {
  /// Whether an interrupted call of this kind may simply be made again.
  fileprivate var mayRepeat: Bool { self == .open || self == .write || self == .lock }
}
