import AsyncHTTPClient
import CEL
import Connectors
import Logging
import WorkflowRunner

@testable import WorkflowEngine

/// An ``OutsideWorld`` that tests ask, with settings of their own.
struct Outside {
  var world: OutsideWorld
  var settings = Settings()
  /// Where the service of the test is.
  var url = ""

  /// With the service and a client for as long as the body lasts.
  static func withService<Result>(
    _ environment: [String: String] = [:], _ body: (Outside) async throws -> Result
  ) async throws -> Result {
    let server = try await LoopbackServer.start()
    let client = OutsideWorld.client()
    let now = Timestamp(rfc3339: "2026-11-23T09:00:00Z") ?? .epoch
    let world = OutsideWorld(
      client: client, environment: environment, open: { .string("opened \($0)") }, clock: { now },
      logger: Logger(label: "test"))
    var settings = Settings()
    for name in environment.keys { settings.secrets[name] = name }
    do {
      let result = try await body(Outside(world: world, settings: settings, url: server.url))
      try await client.shutdown()
      try await server.stop()
      return result
    } catch {
      try await client.shutdown()
      try await server.stop()
      throw error
    }
  }

  func perform(_ uses: String, _ with: ValueMap, timeout: Duration = .seconds(10)) async -> Performed {
    let job = Owed.Job(
      id: "expense-42.pay.1", instance: InstanceID(name: "expense", number: 42), step: "pay", visit: 1, attempt: 1,
      uses: uses, request: with, timeout: timeout, notBefore: nil)
    return await world.perform(job, settings: settings)
  }

  /// Asks the service for a path.
  func ask(_ path: String, _ with: ValueMap = [:], timeout: Duration = .seconds(10)) async -> Performed {
    await perform("http", ValueMap(with.stringPairs + [("url", .string(url + path))]), timeout: timeout)
  }

  func deliver(channel: String?) async -> Performed {
    let at = Timestamp.earliest
    let instance = Instance(
      id: InstanceID(name: "expense", number: 42), workflow: "finance/expense", version: 1, definition: "",
      title: "Expense", startedAt: at, initiator: "alice", input: [:], vars: [:], tokens: [], lastEventAt: at,
      lastToken: 0)
    let delivery = Delivery(
      id: "expense-42.tell.1", step: "tell", to: ["alice"], channel: channel, subject: "Paid", body: "12.50 EUR")
    let alice = Person(id: "alice", name: "Alice Ames", emails: ["alice@example.com"])
    return await world.deliver(delivery, to: [alice], about: instance.id, settings: settings)
  }
}

extension Performed {
  var value: Value? {
    if case .done(let value) = self { value } else { nil }
  }

  var code: String? {
    if case .failed(let code, _) = self { code } else { nil }
  }

  var message: String {
    if case .failed(_, let message) = self { message } else { "" }
  }
}
