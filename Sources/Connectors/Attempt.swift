import WorkflowRunner

extension Performed {
  /// No attempt lasts longer, whatever the workflow says.
  private static let longest = Duration.seconds(86_400)

  /// What came of work that is given so long, and is cancelled then.
  ///
  /// If the runner stops meanwhile, whether the work had its effect is as unknown as after a timeout, and is said so.
  static func within(
    _ limit: Duration, _ work: @escaping @Sendable () async throws(AttemptFailure) -> Performed
  ) async -> Performed {
    let limit = min(limit, longest)
    return await withTaskGroup(of: Performed.self) { group in
      group.addTask {
        do throws(AttemptFailure) {
          return try await work()
        } catch {
          return Task.isCancelled ? .stopped : .failed(code: error.code, message: error.message)
        }
      }
      group.addTask {
        do { try await Task.sleep(for: limit) } catch { return .stopped }
        return .failed(code: "timeout", message: "not done within \(limit)")
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? .stopped
    }
  }

  private static let stopped = Performed.failed(code: "timeout", message: "the runner was stopped before it was done")
}

/// Why an attempt came to nothing: a code that `retry` and `on-error` name, and a sentence for people.
struct AttemptFailure: Error {
  var code: String
  var message: String
}
