import HTTPTypes
import Hummingbird
import Logging
import WorkflowEngine
import WorkflowReports

/// Turns every thrown refusal into an answer: a problem document under `/api`, a calm page elsewhere.
struct Refusals: RouterMiddleware {
  let server: Server

  func handle(
    _ request: Hummingbird.Request, context: ServerContext,
    next: (Hummingbird.Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let problem as Problem {
      return answer(problem, request)
    } catch let error as HTTPError {
      return answer(Self.problem(error, request), request)
    } catch {
      context.logger.error("a request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
      return answer(
        Problem(
          status: .internalServerError, code: "internal", "the server could not answer this", hint: "its log says why"),
        request)
    }
  }

  private static func problem(_ error: HTTPError, _ request: Hummingbird.Request) -> Problem {
    let allowed = OpenAPI.methods(at: request.uri.path)
    switch error.status {
    case .notFound where !allowed.isEmpty:
      var problem = Problem(
        status: .methodNotAllowed, code: "method", "\(request.uri.path) does not take \(request.method.rawValue)",
        hint: "it takes \(allowed.joined(separator: ", "))")
      problem.allowed = allowed
      return problem
    case .notFound: return Problem(status: .notFound, code: "not-found", "there is nothing at \(request.uri.path)")
    default: return Problem(status: error.status, code: "http", error.body ?? error.status.reasonPhrase)
    }
  }

  private func answer(_ problem: Problem, _ request: Hummingbird.Request) -> Response {
    let isProgram = request.uri.path.hasPrefix("/api/") || problem.code == "host" || problem.code == "token"
    var response = isProgram ? problem.document(at: request.uri.path) : page(problem, request)
    if let seconds = problem.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
    if !problem.allowed.isEmpty { response.headers[.allow] = problem.allowed.joined(separator: ", ") }
    if problem.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    return response
  }

  private func page(_ problem: Problem, _ request: Hummingbird.Request) -> Response {
    let title =
      switch problem.status {
      case .notFound: "Nothing here"
      case .forbidden: "This is not yours to do"
      case .conflict: "Too late for that"
      case .unprocessableContent: "That does not fit"
      default: "That did not work"
      }
    let notice = Notice(title, problem.message, hint: problem.hint)
    // A refusal comes from behind the door, or from the door itself: who asks is looked up again.
    let visitor = (try? Doorkeeper(server: server).visitor(request)) ?? Visitor(person: nil, hasToken: false)
    let reader = server.reader(visitor)
    return .page(.notice(notice, reader), status: problem.status, reader)
  }
}
