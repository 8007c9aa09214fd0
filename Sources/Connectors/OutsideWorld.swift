package import AsyncHTTPClient
import CEL
package import Logging
package import WorkflowEngine
package import WorkflowRunner

/// The connectors in earnest: `http` and `run` for service steps; the log and webhooks for messages.
package struct OutsideWorld: Performer {
  private let http: HTTPConnector
  private let commands: CommandConnector
  private let environment: [String: String]
  private let logger: Logger

  /// - Parameters:
  ///   - client: from ``client()``.
  ///   - environment: where secrets are read, names to values; its `PATH` is where `bwrap` is looked for.
  package init(client: HTTPClient, environment: [String: String], logger: Logger) {
    http = HTTPConnector(client: client)
    commands = CommandConnector(
      sandbox: Sandbox(searchPath: environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"))
    self.environment = environment
    self.logger = logger
  }

  package func perform(_ job: Owed.Job, settings: Settings) async -> Performed {
    var secrets = Secrets(settings: settings, environment: environment)
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
    _ delivery: Delivery, to people: [Person], instance: Instance, settings: Settings
  ) async -> Performed {
    let name = delivery.channel ?? "log"
    switch settings.channels[name] ?? (name == "log" ? .log : nil) {
    case .log?:
      logger.info(
        "notification", metadata: ["id": "\(delivery.id)", "to": "\(delivery.to.joined(separator: ", "))"])
      return .done(.null)
    case .webhook(let url)?:
      let result = await http.post(
        delivery.document(to: people, of: instance), to: url, key: delivery.id, timeout: .seconds(20))
      return Secrets(settings: settings, environment: [:]).redacted(result)
    case nil: return .failed(code: "config", message: "no channel is named '\(name)' in writ.yaml")
    }
  }
}

extension Delivery {
  /// What a webhook is sent. Chat programs show `text`.
  fileprivate func document(to people: [Person], of instance: Instance) -> Value {
    [
      "id": .string(id), "instance": .string(instance.id.description),
      "to": .list(people.map { ["id": .string($0.id), "name": .string($0.name)] }),
      "subject": .string(subject), "text": .string("\(subject)\n\(body)"),
    ]
  }
}
