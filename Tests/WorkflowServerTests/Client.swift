import CEL
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import WorkflowRunner
import WorkflowServer

/// Asks the server as one person would, from a browser or with the token.
struct Client {
  enum Door { case browser, token, stranger }

  static let token = "a-token-of-tests"

  let runner: Runner
  var person = "ines"
  var door = Door.token

  init(_ runner: Runner, as person: String = "ines", by door: Door = .token) {
    self.runner = runner
    self.person = person
    self.door = door
  }

  struct Answer {
    var status: Int
    var headers: HTTPFields
    var text: String

    var json: Value { (try? Value(json: Array(text.utf8))) ?? .null }
  }

  func ask(
    _ method: HTTPRequest.Method, _ address: String, _ body: String? = nil, type: String? = nil,
    headers extra: [(String, String)] = []
  ) async throws -> Answer {
    var headers = HTTPFields()
    switch door {
    case .token:
      headers[.authorization] = "Bearer \(Self.token)"
      headers[HTTPField.Name("Writ-Person")!] = person
    case .browser: headers[.origin] = "http://localhost"
    case .stranger: break
    }
    if let type { headers[.contentType] = type }
    for (name, value) in extra { headers[HTTPField.Name(name)!] = value }
    let server = Server(runner: runner, options: ServerOptions(token: Self.token, person: person))
    let application = server.application()
    let sent = headers
    return try await application.test(.router) { client in
      try await client.execute(uri: address, method: method, headers: sent, body: body.map { ByteBuffer(string: $0) }) {
        Answer(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
      }
    }
  }

  func get(_ address: String, headers: [(String, String)] = []) async throws -> Answer {
    try await ask(.get, address, headers: headers)
  }

  func post(_ address: String, _ body: Value = [:], headers: [(String, String)] = []) async throws -> Answer {
    let text = String(decoding: try body.canonicalJSON(), as: UTF8.self)
    return try await ask(.post, address, text, type: "application/json", headers: headers)
  }

  func submit(_ address: String, _ form: String, headers: [(String, String)] = []) async throws -> Answer {
    try await ask(.post, address, form, type: "application/x-www-form-urlencoded", headers: headers)
  }

  /// Starts an expense approval as the person and gives its number.
  func start(_ input: Value = Scene.input) async throws -> Int {
    let answer = try await post("/api/instances", ["workflow": "expense-approval", "input": input])
    return Int(answer.json["instance"]?["number"]?.intValue ?? 0)
  }
}
