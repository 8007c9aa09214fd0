import AsyncHTTPClient
import CEL
import NIOCore
import NIOHTTP1
import WorkflowEngine

/// The HTTP API of the server that has the record, as its client sees it.
struct API: Sendable {
  let base: String
  let token: String
  let person: PersonID
  static let answerLimit = 64 << 20

  func get(_ path: String, _ query: [(String, String?)] = []) async throws -> Value {
    let pairs = query.compactMap { name, value in value.map { "\(name)=\(Self.escaped($0))" } }
    return try await send("GET", pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))", nil, key: nil)
  }

  /// A page, as it is.
  func page(_ path: String) async throws -> String {
    let (status, bytes) = try await exchange(request("GET", path))
    guard status < 400 else {
      throw Complaint(Self.exitStatus(status), "the server answers with status \(status)", hint: nil)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Parameter key: what makes a repetition harmless; the same key and request happen once.
  func post(_ path: String, _ body: ValueMap, key: String) async throws -> Value {
    var last: Unreachable?
    var mayBeDone = false
    for pause in [0, 200, 600, 1_800] {
      if pause > 0 { try await Task.sleep(for: .milliseconds(pause)) }
      do { return try await send("POST", path, .map(body), key: key) } catch let error as Unreachable {
        last = error
        mayBeDone = mayBeDone || error.mayBeDone
      }
    }
    throw Complaint(
      .remoteFailed, last?.why ?? "the server does not answer",
      hint: mayBeDone
        ? "it may have been done; repeat it with --idempotency-key \(key) and it happens once"
        : "mend that, and repeat it"
    )
  }

  /// A part of a path or query, percent-encoded.
  static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private func send(_ method: String, _ path: String, _ body: Value?, key: String?) async throws -> Value {
    var request = request(method, path)
    if let key { request.headers.add(name: "Idempotency-Key", value: key) }
    if let body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: try body.canonicalJSON()))
    }
    let (status, bytes) = try await exchange(request)
    let answer = (try? Value(json: bytes)) ?? .null
    guard status < 400 else { throw Self.failure(status, answer) }
    return answer
  }

  private func request(_ method: String, _ path: String) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: base + path)
    request.method = HTTPMethod(rawValue: method)
    request.headers.add(name: "Authorization", value: "Bearer \(token)")
    request.headers.add(name: "Writ-Person", value: person)
    return request
  }

  private func exchange(_ request: HTTPClientRequest) async throws -> (status: Int, body: [UInt8]) {
    do {
      let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
      let body = try await answer.body.collect(upTo: Self.answerLimit)
      return (Int(answer.status.code), Array(body.readableBytesView))
    } catch {
      throw Unreachable(why: "the server at \(base) does not answer: \(error)")
    }
  }
}

/// What may pass: no answer, or one that says so.
struct Unreachable: Error, CustomStringConvertible {
  var why: String
  /// The request may have arrived all the same.
  var mayBeDone = true
  var description: String { why }
}

extension API {
  /// A problem document as a complaint with its exit code; what may pass is worth repeating.
  fileprivate static func failure(_ status: Int, _ problem: Value) -> any Error {
    let message = problem[text: "detail"] ?? "the server answers with status \(status)"
    if status == 503 { return Unreachable(why: message, mayBeDone: false) }
    let fields = problem[items: "errors"].compactMap { field -> String? in
      guard let words = field[text: "message"] else { return nil }
      let pointer = field[text: "pointer"] ?? ""
      return pointer.isEmpty ? words : "\(pointer.dropFirst()): \(words)"
    }
    return Complaint(
      exitStatus(status), message, hint: problem[text: "hint"], details: fields.filter { !message.contains($0) })
  }

  fileprivate static func exitStatus(_ status: Int) -> ExitStatus {
    switch status {
    case 401, 403: .notAllowed
    case 404: .notFound
    case 409, 412: .conflict
    case 400..<500: .refused
    default: .remoteFailed
    }
  }
}
