package import AsyncHTTPClient
import CEL
package import Logging
package import WorkflowEngine
package import WorkflowRunner

/// The connectors in earnest: `http` and `run` for service steps; the log and webhooks for messages.
package struct OutsideWorld: Performer {
  private let http: HTTPConnector
  private let commands: CommandConnector
  private let logger: Logger

  /// - Parameter environment: where secrets are read: names to values.
  package init(client: HTTPClient, environment: [String: String], logger: Logger) {
    http = HTTPConnector(client: client)
    commands = CommandConnector()
    self.environment = environment
    self.logger = logger
  }

  private let environment: [String: String]

  package func perform(_ job: Owed.Job, settings: Settings) async -> Performed {
    do throws(MissingSecret) {
      let request = try Secrets(settings: settings, environment: environment).fill(.map(job.request))
      switch job.uses {
      case "http": return await http.perform(request, key: job.id, timeout: job.timeout)
      case "run": return await commands.perform(request, settings: settings, timeout: job.timeout)
      default: return .failed(code: "config", message: "nothing performs 'uses: \(job.uses)' here")
      }
    } catch {
      return .failed(code: "config", message: error.description)
    }
  }

  package func deliver(
    _ delivery: Delivery, to people: [Person], instance: Instance, settings: Settings
  ) async -> Performed {
    switch delivery.channel.map({ settings.channels[$0] ?? ($0 == "log" ? .log : nil) }) ?? .log {
    case .log:
      logger.info(
        "notification", metadata: ["id": "\(delivery.id)", "to": "\(delivery.to.joined(separator: ", "))"])
      return .done(.null)
    case .webhook(let url):
      let body: Value = [
        "id": .string(delivery.id), "instance": .string(instance.id.description),
        "to": .list(people.map { ["id": .string($0.id), "name": .string($0.name)] }),
        "subject": .string(delivery.subject), "text": .string("\(delivery.subject)\n\(delivery.body)"),
      ]
      return await http.perform(
        ["method": "POST", "url": .string(url), "body": body], key: delivery.id, timeout: .seconds(20))
    case nil: return .failed(code: "config", message: "no channel is named '\(delivery.channel ?? "")' in writ.yaml")
    }
  }
}
