import HTTPTypes
import Hummingbird
import WorkflowEngine
import WorkflowRunner

/// Makes sure who asks, and that a browser asks on its own behalf.
///
/// Local mode: only loopback names are answered (against DNS rebinding); a browser acts for the person at the keyboard and
/// may change things only from a page of this origin; everybody else shows the token and says for whom they act.
struct Doorkeeper: RouterMiddleware {
  let server: Server

  func handle(
    _ request: Hummingbird.Request, context: ServerContext,
    next: (Hummingbird.Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    try refuseStrangeHost(request)
    var context = context
    context.visitor = try visitor(request)
    return try await next(request, context)
  }

  private func refuseStrangeHost(_ request: Hummingbird.Request) throws {
    guard let host = Self.host(request.head.authority ?? ""), Self.isLoopback(host) else {
      throw Problem(
        status: .misdirectedRequest, code: "host", "this server answers only to loopback names",
        hint: "use 127.0.0.1 or localhost")
    }
  }

  /// `localhost` of `localhost:8080`, `::1` of `[::1]:8080`.
  static func host(_ authority: String) -> String? {
    if authority.hasPrefix("[") {
      return authority.firstIndex(of: "]").map { String(authority[authority.index(after: authority.startIndex)..<$0]) }
    }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.first?.isEmpty == false ? String(parts[0]).lowercased() : nil
  }

  static func isLoopback(_ host: String) -> Bool {
    if ["localhost", "::1"].contains(host) { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  func visitor(_ request: Hummingbird.Request) throws -> Visitor {
    if let authorization = request.headers[.authorization] { return try bearer(authorization, request) }
    if ![.get, .head].contains(request.method) { try refuseForeignPage(request) }
    return Visitor(person: known(server.options.person), hasToken: false)
  }

  private func bearer(_ authorization: String, _ request: Hummingbird.Request) throws -> Visitor {
    guard Self.areEqual(authorization, "Bearer \(server.options.token)"), !server.options.token.isEmpty else {
      throw Problem(
        status: .unauthorized, code: "token", "the token is not this server's",
        hint: "it is in the file that 'writ serve' leaves beside its lock")
    }
    guard let handle = request.headers[.writPerson] else {
      return Visitor(person: known(server.options.person), hasToken: true)
    }
    guard let person = known(handle) else {
      guard !server.runner.policy().people.people.isEmpty else {
        throw Problem(
          status: .forbidden, code: "not-allowed", "nothing is deployed yet, so nobody is known",
          hint: "writ check says what keeps the commit back")
      }
      throw Problem(
        status: .forbidden, code: "not-allowed", "nobody is called '\(handle)' in people.yaml",
        hint: "add the person to people.yaml and commit")
    }
    return Visitor(person: person, hasToken: true)
  }

  private func known(_ person: PersonID?) -> PersonID? {
    person.flatMap { server.runner.policy().isActive($0) ? $0 : nil }
  }

  /// A browser says where a request comes from; what says nothing is no browser and needs the token.
  private func refuseForeignPage(_ request: Hummingbird.Request) throws {
    let site = request.headers[.secFetchSite]
    let origin = request.headers[.origin]
    // Some browsers hide the origin of a form ("null"); then what they say of the site counts, which pages cannot forge.
    let own = "http://\(request.head.authority ?? "")"
    let isOwn = origin == nil || origin == "null" ? site != nil : origin == own
    guard isOwn, site == nil || site == "same-origin" else {
      throw Problem(
        status: .forbidden, code: "origin",
        origin == nil && site == nil
          ? "a request that changes something says who sends it" : "the request comes from another site's page",
        hint: "programs send 'Authorization: Bearer' and 'Writ-Person'; people use the pages of this server")
    }
  }

  /// Takes the same time wherever the first difference is.
  static func areEqual(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension HTTPField.Name {
  static let writPerson = Self("Writ-Person")!
  static let idempotencyKey = Self("Idempotency-Key")!
  static let secFetchSite = Self("Sec-Fetch-Site")!
  static let lastEventID = Self("Last-Event-ID")!
}
