import CEL
import Crypto
import Foundation
import WorkflowEngine
import WorkflowRunner

extension OutsideWorld {
  /// Posts the letter as the channel wants it, signed where it has a key.
  func send(
    _ letter: Letter, to webhook: Settings.Channel.Webhook, _ secrets: inout Secrets
  ) async throws(AttemptFailure) -> Performed {
    let json: String
    do throws(JSONError) {
      json = String(decoding: try letter.document(webhook.format).canonicalJSON(), as: UTF8.self)
    } catch { throw AttemptFailure(code: "config", message: "the document: \(error.message)") }
    let url =
      switch webhook.address {
      case .url(let url): url
      case .secret(let name): try secrets.secret(name)
      }
    var headers: ValueMap = [:]
    if let name = webhook.key {
      let key = try WebhookKey(try secrets.secret(name), named: name)
      headers = key.headers(id: letter.id, at: clock().seconds, body: json)
    }
    return await http.post(json, to: url, key: letter.id, headers: headers, timeout: .seconds(20))
  }
}

/// A symmetric key of the Standard Webhooks scheme: https://www.standardwebhooks.com
struct WebhookKey {
  private let key: SymmetricKey

  /// - Parameter text: `whsec_` and 24 to 64 bytes in base64.
  init(_ text: String, named name: String) throws(AttemptFailure) {
    let encoded = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
    guard let bytes = Data(base64Encoded: encoded), (24...64).contains(bytes.count) else {
      throw AttemptFailure(
        code: "config", message: "the secret '\(name)' is no webhook key: whsec_ and 24 to 64 bytes in base64")
    }
    key = SymmetricKey(data: bytes)
  }

  /// - Parameter at: seconds since 1970; a receiver refuses what is too old.
  func headers(id: String, at: Int64, body: String) -> ValueMap {
    let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(at).\(body)".utf8), using: key)
    return [
      "webhook-id": .string(id), "webhook-timestamp": .string("\(at)"),
      "webhook-signature": .string("v1,\(Data(code).base64EncodedString())"),
    ]
  }
}
