import NIOCore
import NIOHTTP1
import NIOPosix

/// A service on an ephemeral port of this machine that behaves as the path asks it to.
struct LoopbackServer {
  private let channel: any Channel

  static func start() async throws -> LoopbackServer {
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 16)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Service())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return LoopbackServer(channel: channel)
  }

  var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

  func stop() async throws { try await channel.close() }
}

private final class Service: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
  private var body = ""

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): (self.head, body) = (head, "")
    case .body(let bytes): body += String(buffer: bytes)
    case .end: answer(context)
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    let headers = head.headers
    switch head.uri.split(separator: "?").first {
    case "/json": send(context, .ok, #"{"reference": "R-7", "amount": "12.50"}"#, ["X-Trace": "abc"])
    case "/echo": send(context, .ok, echo, ["X-Seen": "one", "x-seen": "two"])
    case "/text": send(context, .ok, "plain words", ["Content-Type": "text/plain"])
    case "/latin1": send(context, .ok, ByteBuffer(bytes: [0x67, 0xFC, 0x6E]), ["Content-Type": "text/plain"])
    case "/half-json": send(context, .ok, #"{"reference": "#)
    case "/packed": send(context, .ok, "x", ["Content-Encoding": "gzip"])
    case "/nothing": send(context, .noContent, "")
    case "/big": send(context, .ok, ByteBuffer(repeating: 0x61, count: 5 << 20), ["Content-Type": "text/plain"])
    case "/redirect": send(context, .found, "", ["Location": "/json"])
    case "/missing": send(context, .notFound, #"{"error": "no such payee"}"#)
    case "/busy": send(context, .serviceUnavailable, "")
    case "/leak": send(context, .internalServerError, "denied: \(headers.first(name: "Authorization") ?? "")")
    case "/leak-late":
      send(context, .internalServerError, String(repeating: ".", count: 490) + (headers["Authorization"].first ?? ""))
    case "/mirror": send(context, .ok, #"{"sent": "\#(headers.first(name: "Authorization") ?? "")"}"#)
    case "/drip": context.writeAndFlush(wrapOutboundOut(.head(.init(version: .http1_1, status: .ok))), promise: nil)
    case "/close": context.close(promise: nil)
    default: break  // and never an answer
    }
  }

  private var echo: String {
    let fields = head.headers.map { #""\#($0.name.lowercased())": "\#($0.value)""# }.joined(separator: ", ")
    let text = body.replacing("\"", with: "'")
    return #"{"method": "\#(head.method)", "uri": "\#(head.uri)", "headers": {\#(fields)}, "body": "\#(text)"}"#
  }

  private func send(
    _ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ text: String,
    _ fields: KeyValuePairs<String, String> = [:]
  ) {
    send(context, status, ByteBuffer(string: text), fields)
  }

  private func send(
    _ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ bytes: ByteBuffer,
    _ fields: KeyValuePairs<String, String>
  ) {
    var headers = HTTPHeaders(fields.map { ($0.key, $0.value) })
    if !headers.contains(name: "Content-Type") { headers.add(name: "Content-Type", value: "application/json") }
    if status != .noContent { headers.add(name: "Content-Length", value: "\(bytes.readableBytes)") }
    context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
