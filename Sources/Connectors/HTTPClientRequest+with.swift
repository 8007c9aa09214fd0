import AsyncHTTPClient
import CEL
import NIOCore
import NIOHTTP1
import WorkflowEngine

extension HTTPClientRequest {
  private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

  /// The request that `with: {method, url, headers, body}` describes. What `headers` says goes before what is sent
  /// by itself: `Idempotency-Key`, `User-Agent` and `Content-Type`.
  init(_ with: Value, key: String) throws(AttemptFailure) {
    guard let url = with["url"]?.stringValue, url.hasPrefix("http://") || url.hasPrefix("https://") else {
      throw AttemptFailure(code: "config", message: "with.url is not an http or https address")
    }
    let name = (with["method"]?.stringValue ?? "GET").uppercased()
    guard Self.methods.contains(name) else {
      throw AttemptFailure(code: "config", message: "with.method is none of \(Self.methods.sorted())")
    }
    self.init(url: url)
    method = HTTPMethod(rawValue: name)
    headers.add(name: "Idempotency-Key", value: key)
    headers.add(name: "User-Agent", value: "writ")
    let mediaType = try setBody(with["body"])
    if let mediaType { headers.add(name: "Content-Type", value: mediaType) }
    for (name, value) in with["headers"]?.mapValue?.stringPairs ?? [] { try setHeader(name, to: value) }
  }

  /// - Returns: its media type, if there is a body.
  private mutating func setBody(_ value: Value?) throws(AttemptFailure) -> String? {
    switch value {
    case nil, .null?: return nil
    case .string(let text)?:
      body = .bytes(ByteBuffer(string: text))
      return "text/plain; charset=utf-8"
    case let value?:
      do throws(JSONError) { body = .bytes(ByteBuffer(bytes: try value.canonicalJSON())) } catch {
        throw AttemptFailure(code: "config", message: "with.body: \(error.message)")
      }
      return "application/json"
    }
  }

  private mutating func setHeader(_ name: String, to value: Value) throws(AttemptFailure) {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isHeaderNameByte) else {
      throw AttemptFailure(code: "config", message: "with.headers: '\(name)' is not the name of a header")
    }
    let text = value.argument
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw AttemptFailure(code: "config", message: "with.headers.\(name) has a line break or a control character")
    }
    headers.replaceOrAdd(name: name, value: text)
  }
}

extension Value {
  /// As a program reads it: a text as it is, anything else as JSON.
  var argument: String {
    if case .string(let text) = self { return text }
    do throws(JSONError) { return String(decoding: try canonicalJSON(), as: UTF8.self) } catch { return text }
  }
}

extension UInt8 {
  /// A `tchar` of RFC 9110, section 5.6.2.
  fileprivate var isHeaderNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
  }
}
