/// A tick now, after every change of the record, and at least as often as said: what the long-lived parts run on.
func ticks(of runner: Runner, every period: Duration) -> AsyncStream<Void> {
  let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  let changes = Task {
    for await _ in runner.changes() { continuation.yield() }
    continuation.finish()
  }
  let clock = Task {
    while !Task.isCancelled {
      continuation.yield()
      try? await Task.sleep(for: period)
    }
  }
  continuation.onTermination = { _ in
    changes.cancel()
    clock.cancel()
  }
  return stream
}

/// A tick at least as often as said, the first at once.
func pulse(every period: Duration) -> AsyncStream<Void> {
  let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  let clock = Task {
    while !Task.isCancelled {
      continuation.yield()
      try? await Task.sleep(for: period)
    }
  }
  continuation.onTermination = { _ in clock.cancel() }
  return stream
}
