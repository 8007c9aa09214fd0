import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowReports

extension Response {
  static func page(_ page: Page, status: HTTPResponse.Status = .ok, _ reader: Reader) -> Response {
    bytes(page.document(for: reader).bytes, "text/html; charset=utf-8", status: status)
  }

  static func json(_ value: Value, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
    // Only NaN, infinity and nesting past the limit cannot be written, and the record holds none of them.
    let bytes = (try? value.canonicalJSON()) ?? Array(#"{"code":"internal"}"#.utf8)
    return self.bytes(bytes, type, status: status)
  }

  static func bytes(_ bytes: [UInt8], _ type: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: type, .contentLength: "\(bytes.count)"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// After a form: the browser fetches the page anew, so that reloading repeats nothing.
  static func seeOther(_ address: String) -> Response {
    Response(status: .seeOther, headers: [.location: address])
  }

  /// With a weak tag; an asker who has that already is told so.
  func tagged(_ tag: String, for request: Hummingbird.Request) -> Response {
    let tag = "W/\"\(tag)\""
    let known = request.headers[.ifNoneMatch]?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
    var response = known.contains(tag) || known == ["*"] ? Response(status: .notModified) : self
    response.headers[.eTag] = tag
    response.headers[.cacheControl] = "private, no-cache"
    return response
  }
}

extension Problem {
  /// `application/problem+json`.
  func document(at path: String) -> Response {
    var body: ValueMap = [
      "type": "about:blank", "title": .string(status.reasonPhrase), "status": .int(Int64(status.code)),
      "code": .string(code), "detail": .string(message), "instance": .string(path),
    ]
    if let hint { body["hint"] = .string(hint) }
    if !violations.isEmpty {
      body["errors"] = .list(
        violations.map { ["pointer": .string($0.pointer), "message": .string($0.message)] })
    }
    return .json(.map(body), status: status, type: "application/problem+json")
  }
}
