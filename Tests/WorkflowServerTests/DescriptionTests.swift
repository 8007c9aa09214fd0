import CEL
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing
import WorkflowRunner
import WorkflowServer

@Suite("The description, health and live changes")
struct DescriptionTests {
  @Test("every route of the API is described, and everything described is a route")
  func everyRoute() async throws {
    let server = Server(runner: try await Scene.make(), options: ServerOptions(token: "t", person: nil))
    let routes = server.router().routes.map { (method: $0.method.rawValue.lowercased(), path: "\($0.path)") }
    let own = routes.filter {
      $0.method != "head" && ($0.path.hasPrefix("/api/") || ["/livez", "/readyz", "/openapi.json"].contains($0.path))
    }
    let document = try await Client(try await Scene.make()).get("/openapi.json").json
    #expect(document["openapi"] == "3.1.0")
    var described: Set<String> = []
    for (path, item) in document["paths"]?.mapValue?.entries.map({ ($0.key.string ?? "", $0.value) }) ?? [] {
      for method in item.mapValue?.keys ?? [] { described.insert("\(method) \(path)") }
    }
    #expect(Set(own.map { "\($0.method) \($0.path)" }) == described)
  }

  @Test("every reference in the description leads somewhere")
  func references() async throws {
    let document = try await Client(try await Scene.make()).get("/openapi.json").json
    func references(_ value: Value) -> [String] {
      switch value {
      case .map(let map): (map["$ref"]?.stringValue.map { [$0] } ?? []) + map.entries.flatMap { references($0.value) }
      case .list(let items): items.flatMap(references)
      default: []
      }
    }
    let found = references(document)
    #expect(found.count > 30)
    for reference in found {
      #expect(document[path: reference.split(separator: "/").dropFirst().map(String.init)] != nil, "\(reference)")
    }
  }

  @Test("alive and ready say so")
  func health() async throws {
    let client = Client(try await Scene.make(), by: .stranger)
    #expect(try await client.get("/livez").json["status"] == "alive")
    #expect(try await client.get("/readyz").json["status"] == "ready")
  }

  @Test("over a real connection: a page, its style, and a change as it happens")
  func live() async throws {
    let runner = try await Scene.make()
    let server = Server(runner: runner, options: ServerOptions(port: 0, token: "t", person: "ines"))
    try await server.application().test(.live) { client in
      let page = try await client.execute(uri: "/", method: .get)
      #expect(page.status == .ok)
      #expect(String(buffer: page.body).contains("Lindgren"))
      let style = try await client.execute(uri: "/assets/writ.css", method: .get)
      #expect(style.headers[.contentType] == "text/css; charset=utf-8" && style.body.readableBytes > 1_000)
      let health = try await client.execute(uri: "/livez", method: .get)
      #expect(health.status == .ok)
    }
  }
}
