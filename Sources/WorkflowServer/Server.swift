package import Hummingbird
import HummingbirdCore
import NIOCore
import WorkflowEngine
package import WorkflowRunner

/// REST, server-sent events and pages over a runner. Translates, never decides: every writing route becomes one request
/// to ``Runner/submit(_:)``, and GET changes nothing.
package struct Server: Sendable {
  let runner: Runner
  let options: ServerOptions
  /// Deploys when it is asked to; `nil`: this server only tells what was deployed.
  let deployer: Deployer?
  /// The inbox branch; `nil`: this server has none beside it.
  let intake: Intake?
  /// Where the record is copied to; `nil`: there is no record in git beside this server.
  let mirror: Mirror?

  package init(
    runner: Runner, options: ServerOptions, deployer: Deployer? = nil, intake: Intake? = nil, mirror: Mirror? = nil
  ) {
    self.runner = runner
    self.options = options
    self.deployer = deployer
    self.intake = intake
    self.mirror = mirror
  }

  /// Bytes of a body that are read at most.
  static let bodyLimit = 1 << 20

  /// - Parameter onRunning: told the port that the server listens on.
  package func application(
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) -> Application<RouterResponder<ServerContext>> {
    Application(
      router: router(),
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          idleTimeout: .seconds(60),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
      configuration: ApplicationConfiguration(address: .hostname(options.host, port: options.port)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? options.port) })
  }

  package func router() -> Router<ServerContext> {
    let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: SafeAnswers())
    router.add(middleware: Refusals(server: self))
    router.add(middleware: Doorkeeper(server: self))
    addHealth(to: router)
    addAssets(to: router)
    addPages(to: router)
    addForms(to: router)
    let api = router.group("api")
    addWorkflows(to: api)
    addInstances(to: api)
    addActs(to: api)
    addMigrating(to: api)
    addWork(to: api)
    addMessages(to: api)
    addMoves(to: api)
    addJobs(to: api)
    addDeployments(to: api)
    addInbox(to: api)
    addChanges(to: api)
    return router
  }
}

/// What a request knows beside itself: who asks.
package struct ServerContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// Set by ``Doorkeeper`` before any route.
  var visitor = Visitor(person: nil, hasToken: false)

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
  }
}

/// Who asks, as the door has made sure.
struct Visitor: Sendable, Hashable {
  /// `nil`: nobody whom `people.yaml` knows; may look at little and do nothing.
  var person: PersonID?
  /// The command line's token was shown; otherwise it is a browser.
  var hasToken: Bool
}
