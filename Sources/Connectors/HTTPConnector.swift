import AsyncHTTPClient
import CEL
import NIOCore
import NIOHTTP1
import WorkflowEngine
import WorkflowRunner

/// `uses: http`: one request. `with: {method, url, headers, body}`, result `{status, headers, body}`.
///
/// A status of 400 and above is a failure `http.<status>`; no answer in time is `timeout`, no connection `network`, a
/// request that cannot be sent `config`, an answer that cannot be kept `output`.
struct HTTPConnector: Sendable {
  /// Bytes of an answer's body.
  static let answerLimit = 1 << 20

  let client: HTTPClient

  /// - Parameter key: the same for every attempt; sent as `Idempotency-Key`.
  func perform(_ request: Value, key: String, timeout: Duration) async -> Performed {
    await .within(timeout) { () throws(AttemptFailure) in
      let answer = try await send(HTTPClientRequest(request, key: key))
      return .done(try answer.result)
    }
  }

  /// Sends a document where only its arrival matters, so that any answer of success is good.
  func post(
    _ json: String, to url: String, key: String, headers: ValueMap, timeout: Duration
  ) async -> Performed {
    await .within(timeout) { () throws(AttemptFailure) in
      let headers = ValueMap(headers.stringPairs + [("Content-Type", "application/json")])
      let request: Value = ["method": "POST", "url": .string(url), "headers": .map(headers), "body": .string(json)]
      let answer = try await send(HTTPClientRequest(request, key: key))
      guard answer.status.code < 300 else { throw answer.failure }
      return .done(.null)
    }
  }

  private func send(_ request: HTTPClientRequest) async throws(AttemptFailure) -> HTTPAnswer {
    do {
      let response = try await client.execute(request, deadline: .distantFuture)
      var body = ByteBuffer()
      for try await chunk in response.body {
        body.writeImmutableBuffer(chunk)
        if body.readableBytes > Self.answerLimit { break }
      }
      // A cancelled body ends as if it were complete.
      try Task.checkCancellation()
      let answer = HTTPAnswer(status: response.status, headers: response.headers, body: body)
      guard answer.status.code < 400 else { throw answer.failure }
      return answer
    } catch let failure as AttemptFailure {
      throw failure
    } catch let error as HTTPClientError where error.isOfRequest {
      throw AttemptFailure(code: "config", message: "the request cannot be sent: \(error)")
    } catch {
      throw AttemptFailure(code: "network", message: "no answer: \(error)")
    }
  }
}

extension HTTPClientError {
  /// Nothing was sent, since the request is none.
  fileprivate var isOfRequest: Bool {
    [.invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody].contains(self)
  }
}
