import AsyncHTTPClient
import Connectors
import Foundation
import GitStore
import Logging
import ServiceLifecycle
import UnixSignals
import WorkflowFiles
import WorkflowRunner
import WorkflowServer

/// Everything that 'writ serve' runs side by side, until a signal ends it.
struct Serving {
  let record: OpenRecord
  let host: String
  let port: Int
  /// How often the remote is asked.
  var fetchPeriod = Watcher.fetchPeriod
  /// `nil`: the connectors in earnest.
  var performer: (any Performer)?

  /// - Parameter ready: told the address once it answers.
  func run(ready: @escaping @Sendable (String) -> Void) async throws {
    let (runner, repository, logger) = (record.runner, record.place.repository, Logger(label: "writ"))
    let watcher = Watcher(runner: runner, repository: repository, fetchPeriod: fetchPeriod, logger: logger)
    // What is deployed says who is at the keyboard.
    await watcher.look()
    await record.noteRedeliveries()
    let intake = Intake(runner: runner, repository: repository, logger: logger)
    let performer = performer ?? Self.outside(record, logger)
    let mirror = Mirror(runner: runner, store: record.store, logger: logger)
    let services: [any Service] = [
      server(intake, mirror, ready: ready), watcher, Dispatcher(runner: runner, performer: performer, logger: logger),
      Timekeeper(runner: runner, logger: logger),
      intake,
      Display(runner: runner, folder: record.place.state, logger: logger),
      Upkeep(store: record.store, logger: logger), mirror,
      Alarms(runner: runner, intake: intake, mirror: mirror, performer: performer, logger: logger),
      Guardian(runner: runner),
    ]
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "writ.group"))
    configuration.maximumGracefulShutdownDuration = .seconds(10)
    do { try await ServiceGroup(configuration: configuration).run() } catch is RunnerStopped {
      try? record.close()
      try await Relaunch.now()
    }
    try record.close()
  }

  /// Lives as long as the process.
  private static let client = OutsideWorld.client()

  static func outside(_ record: OpenRecord, _ logger: Logger) -> any Performer {
    OutsideWorld(
      client: client, environment: ProcessInfo.processInfo.environment, open: record.runner.sealing.open,
      clock: { .current }, logger: logger)
  }

  private func server(
    _ intake: Intake, _ mirror: Mirror, ready: @escaping @Sendable (String) -> Void
  ) -> some Service {
    let token = Secret.make()
    let person = Keyboard(record.place).person(at: record.runner.snapshot.deployment.commit)
    let (store, host) = (record.store, host)
    let server = Server(
      runner: record.runner, options: ServerOptions(host: host, port: port, token: token, person: person),
      deployer: Deployer(runner: record.runner, repository: record.place.repository),
      intake: intake, mirror: mirror)
    return server.application { port in
      let address = "http://\(host):\(port)"
      do { try store.announce(address: address, token: token) } catch {
        Terminal.note("the verbs of the command line cannot find this server: \(error)")
      }
      ready(address)
    }
  }
}

/// The record cannot be written any more in this process: it ends, and the next one recovers by reading.
struct RunnerStopped: Error {}

/// Notices that the runner has stopped.
private struct Guardian: Service {
  let runner: Runner

  func run() async throws {
    for await _ in runner.changes().cancelOnGracefulShutdown() {}
    if !Task.isShuttingDownGracefully, !Task.isCancelled { throw RunnerStopped() }
  }
}
