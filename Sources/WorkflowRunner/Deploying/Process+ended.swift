import Foundation

extension Process {
  /// Runs it to its end without holding a thread up.
  ///
  /// - Returns: its exit status.
  /// - Throws: where it cannot be started.
  func ended() async throws -> Int32 {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
      terminationHandler = { done.resume(returning: $0.terminationStatus) }
      do { try run() } catch {
        terminationHandler = nil
        done.resume(throwing: error)
      }
    }
  }
}
