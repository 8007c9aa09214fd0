import Logging
import ServiceLifecycle
import WorkflowEngine
import WorkflowRunner
import WorkflowServer

/// The same HTTP application as 'writ serve', in this process and without the services that do what is owed.
struct LocalServer {
  let record: OpenRecord

  func run<Outcome: Sendable>(_ body: @Sendable (API) async throws -> Outcome) async throws -> Outcome {
    let person = try required { try Keyboard(record.place).requirePerson(at: record.runner.snapshot.deployment.commit) }
    let token = Secret.make()
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let server = Server(
      runner: record.runner, options: ServerOptions(host: "127.0.0.1", port: 0, token: token, person: person),
      intake: Intake(
        runner: record.runner, repository: record.place.repository, logger: Logger(label: "writ.local")))
    let group = ServiceGroup(
      services: [server.application { port in listening.yield(port) }], logger: Logger(label: "writ.local"))
    let serving = Task {
      defer { listening.finish() }
      try await group.run()
    }
    let outcome: Result<Outcome, any Error>
    if let port = await ports.first(where: { _ in true }) {
      outcome = await result { try await body(API(base: "http://127.0.0.1:\(port)", token: token, person: person)) }
    } else {
      outcome = .failure(Complaint(.remoteFailed, "no port of this machine can be listened on"))
    }
    await group.triggerGracefulShutdown()
    _ = await serving.result
    let waits = record.waiting
    try record.close()
    if case .success = outcome { WaitingWork.say(waits) }
    return try outcome.get()
  }

  /// Lets the record go before it complains.
  private func required<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch {
      try? record.close()
      throw error
    }
  }

  private func result<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
