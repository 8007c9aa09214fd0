import CEL
import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowReports
import WorkflowRunner

extension Server {
  /// The single way by which routes change anything.
  func submit(
    _ verb: WorkflowRunner.Request.Verb, for visitor: Visitor, key: String?
  ) async throws(SubmitError) -> Receipt {
    guard let person = visitor.person else {
      throw .refused(
        Rejection(
          .notAllowed, "people.yaml does not know you, so you may only look",
          hint: "set 'git config user.email' to an address that people.yaml names"))
    }
    return try await runner.submit(WorkflowRunner.Request(by: person, assurance: .session, key: key, verb))
  }

  /// The same for the API: the key comes with the request, a refusal is a problem.
  func submit(
    _ verb: WorkflowRunner.Request.Verb, _ request: Hummingbird.Request, _ context: ServerContext
  ) async throws -> Receipt {
    let key = try request.idempotencyKey
    do throws(SubmitError) {
      return try await submit(verb, for: context.visitor, key: key)
    } catch {
      throw Problem(error)
    }
  }

  /// An act on an instance, answered with the instance after it.
  func act(
    _ action: Command.Action, on instance: Instance, _ request: Hummingbird.Request, _ context: ServerContext
  ) async throws -> Response {
    try await submit(.act(instance.id.number, action), request, context).answer(status: .ok)
  }
}

extension Hummingbird.Request {
  /// `Idempotency-Key`: the same key and request get the first answer again.
  var idempotencyKey: String? {
    get throws {
      guard let key = headers[.idempotencyKey] else { return nil }
      guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw Problem(Rejection(.invalid, "an Idempotency-Key has 1 to 128 visible ASCII characters"))
      }
      return key
    }
  }
}

extension Receipt {
  /// What a writing route answers: the instance after the request, and the batch that holds it.
  func answer(status: HTTPResponse.Status) -> Response {
    var body: ValueMap = ["sequence": .int(Int64(sequence)), "replay": .bool(isReplay)]
    body["instance"] = instance.map(\.json)
    var response = Response.json(.map(body), status: status)
    if let instance {
      response.headers[.location] = "/api/instances/\(instance.id)"
      response.headers[.eTag] = "W/\"\(instance.id)-\(instance.events)\""
    }
    return response
  }
}

extension ValueMap {
  /// A text that the body may have.
  func text(_ name: String) throws -> String? {
    switch self[name] {
    case nil, .null?: return nil
    case .string(let text)?: return text
    default: throw Problem.field(name, "is text")
    }
  }

  /// A whole number that the body may have.
  func integer(_ name: String) throws -> Int? {
    switch self[name] {
    case nil, .null?: return nil
    case .int(let number)?: return Int(clamping: number)
    default: throw Problem.field(name, "is a whole number")
    }
  }

  /// A text that the body must have.
  func required(_ name: String) throws -> String {
    guard let text = try text(name), !text.isEmpty else { throw Problem.field(name, "is missing") }
    return text
  }

  /// Only these fields: a misspelt one is refused rather than ignored.
  func allowing(_ names: Set<String>) throws -> ValueMap {
    if let unknown = keys.first(where: { !names.contains($0) }) {
      throw Problem.field(unknown, "is not known here; known are \(names.sorted().joined(separator: ", "))")
    }
    return self
  }
}

extension Problem {
  static func field(_ name: String, _ message: String) -> Problem {
    Problem(
      Rejection(
        .invalid, "'\(name)' \(message)",
        violations: [Rejection.Violation(pointer: "/\(name)", message: "'\(name)' \(message)")]))
  }
}
