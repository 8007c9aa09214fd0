import CEL
import Testing
import WorkflowEngine
import WorkflowRunner

@Suite("Channels", .timeLimit(.minutes(1)))
struct DeliveryTests {
  private func deliver(to path: String) async throws -> Performed {
    try await Outside.withService { outside in
      var outside = outside
      outside.settings.channels = ["team": .webhook(url: outside.url + path)]
      return await outside.deliver(channel: "team")
    }
  }

  @Test("a webhook is delivered when it is answered with success, whatever the answer is")
  func webhooks() async throws {
    for path in ["/json", "/text", "/nothing", "/half-json", "/latin1", "/big"] {
      #expect(try await deliver(to: path) == .done(.null), "\(path)")
    }
  }

  @Test("a refusal and a redirect are no delivery", arguments: [("/busy", "503"), ("/redirect", "302")])
  func refusals(path: String, status: String) async throws {
    #expect(try await deliver(to: path).code == "http.\(status)")
  }

  @Test("a message that names no channel goes to the log; an unknown channel is a failure")
  func log() async throws {
    try await Outside.withService { outside in
      #expect(await outside.deliver(channel: nil) == .done(.null))
      #expect(await outside.deliver(channel: "log") == .done(.null))
      let unknown = Performed.failed(code: "config", message: "no channel is named 'team' in writ.yaml")
      #expect(await outside.deliver(channel: "team") == unknown)
    }
  }
}
