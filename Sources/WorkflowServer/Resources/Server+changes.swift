import CEL
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import WorkflowEngine
import WorkflowRunner

/// Live updates: one server-sent event per durable batch that the visitor may know about.
extension Server {
  /// Often enough that a dead connection is noticed and a live one not taken for idle.
  private static let heartbeat: Duration = .seconds(20)

  func addChanges(to api: RouterGroup<ServerContext>) {
    api.get("changes") { request, context in
      let last = request.headers[.lastEventID].flatMap(Int.init)
      let visitor = context.visitor
      return Response(
        status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
        body: ResponseBody { writer in
          // Subscribe before looking, so that nothing falls between.
          let changes = runner.changes()
          try await writer.write(ByteBuffer(string: greeting(since: last)))
          for await line in lines(changes, visitor).cancelOnGracefulShutdown() {
            try await writer.write(ByteBuffer(string: line))
          }
          try await writer.finish(nil)
        })
    }
  }

  /// What was missed is not repeated: the asker is told to look again.
  func greeting(since last: Int?) -> String {
    let now = runner.snapshot.sequence
    let hello = "retry: 2000\n\n"
    guard let last, last != now else { return hello + "id: \(now)\nevent: ready\ndata: {}\n\n" }
    return hello + "id: \(now)\nevent: change\ndata: {\"missed\":true,\"sequence\":\(now)}\n\n"
  }

  private func lines(_ changes: AsyncStream<Change>, _ visitor: Visitor) -> AsyncStream<String> {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(256))
    let source = Task {
      for await change in changes { if let line = event(change, for: visitor) { continuation.yield(line) } }
      continuation.finish()
    }
    let beat = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: Self.heartbeat)
        continuation.yield(": still here\n\n")
      }
    }
    continuation.onTermination = { _ in
      source.cancel()
      beat.cancel()
    }
    return stream
  }

  /// `nil`: nothing in it is the visitor's to know.
  func event(_ change: Change, for visitor: Visitor) -> String? {
    let world = runner.snapshot
    let policy = runner.policy()
    let seen = change.instances.filter { id in
      world.instance(id.number).map { maySee($0, visitor, policy, world.deployment) } ?? false
    }
    guard change.deployed || !seen.isEmpty else { return nil }
    let body: Value = [
      "sequence": .int(Int64(change.sequence)), "deployed": .bool(change.deployed),
      "instances": .list(seen.map { .string($0.description) }),
    ]
    let data = (try? body.canonicalJSON()).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return "id: \(change.sequence)\nevent: change\ndata: \(data)\n\n"
  }
}
