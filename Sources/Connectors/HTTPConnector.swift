import AsyncHTTPClient
import CEL
import NIOCore
import NIOHTTP1
import WorkflowRunner

/// `uses: http`: one request. `with: {method, url, headers, body}`, answer `{status, headers, body}`.
///
/// A status of 400 and above is a failure `http.<status>`; no answer in time is `timeout`, no connection `network`.
/// Redirects are not followed, so that a service cannot send a request elsewhere.
struct HTTPConnector: Sendable {
  let client: HTTPClient
  static let answerLimit = 1 << 20

  func perform(_ request: Value, key: String, timeout: Duration) async -> Performed {
    guard let url = request["url"]?.stringValue, url.hasPrefix("http://") || url.hasPrefix("https://") else {
      return .failed(code: "config", message: "with.url is not an http or https address")
    }
    var message = HTTPClientRequest(url: url)
    message.method = HTTPMethod(rawValue: (request["method"]?.stringValue ?? "GET").uppercased())
    message.headers.add(name: "Idempotency-Key", value: key)
    message.headers.add(name: "User-Agent", value: "writ")
    for (name, value) in request["headers"]?.mapValue?.stringPairs ?? [] {
      message.headers.replaceOrAdd(name: name, value: value.stringValue ?? "")
    }
    do {
      try addBody(request["body"], to: &message)
      return try await send(message, timeout: timeout)
    } catch let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout {
      return .failed(code: "timeout", message: "no answer within \(timeout.components.seconds) s")
    } catch let error as JSONError {
      return .failed(code: "config", message: "with.body: \(error)")
    } catch {
      return .failed(code: "network", message: "\(error)")
    }
  }

  private func addBody(_ body: Value?, to message: inout HTTPClientRequest) throws {
    switch body {
    case nil, .null?: return
    case .string(let text)?: message.body = .bytes(ByteBuffer(string: text))
    case let value?:
      message.body = .bytes(ByteBuffer(bytes: try value.canonicalJSON()))
      if !message.headers.contains(name: "Content-Type") {
        message.headers.add(name: "Content-Type", value: "application/json")
      }
    }
  }

  private func send(_ message: HTTPClientRequest, timeout: Duration) async throws -> Performed {
    let answer = try await client.execute(message, deadline: .now() + TimeAmount(timeout))
    let bytes = try await answer.body.collect(upTo: Self.answerLimit)
    guard answer.status.code < 400 else {
      let text = String(buffer: bytes).prefix(300)
      return .failed(code: "http.\(answer.status.code)", message: "\(answer.status) \(text)")
    }
    let isJSON = answer.headers.first(name: "Content-Type")?.contains("json") ?? false
    let body = isJSON ? try Value(json: Array(buffer: bytes)) : .string(String(buffer: bytes))
    let headers = ValueMap(answer.headers.map { ($0.name.lowercased(), .string($0.value)) })
    return .done(["status": .int(Int64(answer.status.code)), "headers": .map(headers), "body": body])
  }
}
