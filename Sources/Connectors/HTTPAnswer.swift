import CEL
import NIOCore
import NIOHTTP1

/// What a service answered: its body whole, or one byte too long.
struct HTTPAnswer {
  var status: HTTPResponseStatus
  var headers: HTTPHeaders
  var body: ByteBuffer

  /// `{status, headers, body}`: headers by lower-case names, repeated ones joined; a JSON body as the value that it
  /// is, any other as text.
  var result: Value {
    get throws(AttemptFailure) {
      let fields = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
      return [
        "status": .int(Int64(status.code)), "headers": .map(ValueMap(fields.map { ($0, .string($1)) })),
        "body": try content,
      ]
    }
  }

  /// The failure that an answer of this status is.
  var failure: AttemptFailure {
    let text = String(decoding: body.readableBytesView, as: UTF8.self)
    return AttemptFailure(code: "http.\(status.code)", message: text.isEmpty ? "\(status)" : "\(status): \(text)")
  }

  private var content: Value {
    get throws(AttemptFailure) {
      guard body.readableBytes <= HTTPConnector.answerLimit else {
        throw AttemptFailure(code: "output", message: "the answer is longer than \(HTTPConnector.answerLimit) bytes")
      }
      if let coding = headers.first(name: "Content-Encoding"), coding.lowercased() != "identity" {
        throw AttemptFailure(code: "output", message: "the answer is packed as '\(coding)', which was not asked for")
      }
      if isJSON { return try json }
      guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
        throw AttemptFailure(code: "output", message: "the answer is neither JSON nor UTF-8 text")
      }
      return .string(text)
    }
  }

  private var json: Value {
    get throws(AttemptFailure) {
      guard body.readableBytes > 0 else { return .null }
      do throws(JSONError) {
        return try Value(json: body.readableBytesView)
      } catch {
        throw AttemptFailure(code: "output", message: "the answer is not the JSON that it says it is: \(error.message)")
      }
    }
  }

  /// `application/json`, `text/json`, `application/problem+json`, with or without parameters.
  private var isJSON: Bool {
    let type = headers.first(name: "Content-Type")?.lowercased().split(separator: ";").first ?? ""
    return type.split(separator: " ").first.map { $0.hasSuffix("/json") || $0.hasSuffix("+json") } ?? false
  }
}
