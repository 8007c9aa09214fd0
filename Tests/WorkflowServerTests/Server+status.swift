import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOEmbedded
import WorkflowServer

extension Server {
  /// The status that a request to another host name gets.
  func status(_ method: HTTPRequest.Method, _ path: String, authority: String) async throws -> Int {
    let responder = router().buildResponder()
    let request = Request(
      head: HTTPRequest(method: method, scheme: "http", authority: authority, path: path),
      body: RequestBody(buffer: ByteBuffer()))
    let context = ServerContext(
      source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Logger(label: "tests")))
    return try await responder.respond(to: request, context: context).status.code
  }
}
