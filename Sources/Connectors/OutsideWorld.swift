package import AsyncHTTPClient
package import CEL
package import Logging
package import WorkflowEngine
package import WorkflowRunner

/// The connectors in earnest: `http` and `run` for service steps; the log, webhooks and mail for messages.
package struct OutsideWorld: Performer {
  let http: HTTPConnector
  private let commands: CommandConnector
  private let mail: MailConnector
  private let environment: [String: String]
  private let open: @Sendable (String) -> Value?
  let clock: @Sendable () -> Timestamp
  private let logger: Logger

  /// - Parameters:
  ///   - client: from ``client()``.
  ///   - environment: where secrets are read, names to values; its `PATH` is where `bwrap` is looked for,
  ///     its `SSL_CERT_FILE` names the authorities that mail servers are believed by.
  ///   - open: opens what is sealed; `nil` where its key is not here.
  package init(
    client: HTTPClient, environment: [String: String], open: @escaping @Sendable (String) -> Value?,
    clock: @escaping @Sendable () -> Timestamp, logger: Logger
  ) {
    http = HTTPConnector(client: client)
    commands = CommandConnector(
      sandbox: Sandbox(searchPath: environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"))
    mail = MailConnector(authorities: environment["SSL_CERT_FILE"])
    self.environment = environment
    self.open = open
    self.clock = clock
    self.logger = logger
  }

  package func perform(_ job: Owed.Job, settings: Settings) async -> Performed {
    var secrets = Secrets(settings: settings, environment: environment, open: open)
    do throws(AttemptFailure) {
      let request = try secrets.fill(job.request)
      return secrets.redacted(await perform(job, request, settings))
    } catch {
      return .failed(code: error.code, message: error.message)
    }
  }

  private func perform(_ job: Owed.Job, _ request: Value, _ settings: Settings) async -> Performed {
    switch job.uses {
    case "http": await http.perform(request, key: job.id, timeout: job.timeout)
    case "run": await commands.perform(request, settings: settings, timeout: job.timeout)
    default: .failed(code: "config", message: "nothing performs 'uses: \(job.uses)' here")
    }
  }

  package func deliver(
    _ delivery: Delivery, to people: [Person], about instance: InstanceID?, settings: Settings
  ) async -> Performed {
    let name = delivery.channel ?? "log"
    var secrets = Secrets(settings: settings, environment: environment, open: open)
    do throws(AttemptFailure) {
      switch settings.channels[name] ?? (name == "log" ? .log : nil) {
      case .log?:
        logger.info(
          "notification", metadata: ["id": "\(delivery.id)", "to": "\(delivery.to.joined(separator: ", "))"])
        return .done(.null)
      case .webhook(let webhook)?:
        let letter = Letter(delivery, to: people, about: instance, settings: settings)
        return secrets.redacted(try await send(letter, to: webhook, &secrets))
      case .mail(let server)?:
        let letter = Letter(delivery, to: people, about: instance, settings: settings)
        let password = try server.password.map { name throws(AttemptFailure) in try secrets.secret(name) }
        return secrets.redacted(await mail.send(letter, by: server, password: password, at: clock()))
      case nil: throw AttemptFailure(code: "config", message: "no channel is named '\(name)' in writ.yaml")
      }
    } catch {
      return secrets.redacted(.failed(code: error.code, message: error.message))
    }
  }
}
