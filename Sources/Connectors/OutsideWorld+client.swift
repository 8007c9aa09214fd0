package import AsyncHTTPClient
import NIOCore

extension OutsideWorld {
  /// The client to make an ``OutsideWorld`` with; whoever makes it shuts it down.
  ///
  /// - Redirects are not followed, so that a service cannot send a request, with its secrets, elsewhere.
  /// - A connection that cannot be made fails the attempt at once: the workflow's own `retry` decides about another.
  /// - Answers are not unpacked, so that a small one cannot become a large one; nothing packed is asked for.
  package static func client() -> HTTPClient {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)),
      connectionPool: .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: 32),
      decompression: .disabled)
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }
}
