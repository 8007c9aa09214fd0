import CEL
import Testing
import WorkflowEngine
import WorkflowRunner

@Suite("Channels", .timeLimit(.minutes(1)))
struct DeliveryTests {
  private func deliver(to path: String) async throws -> Performed {
    try await Outside.withService { outside in
      var outside = outside
      outside.settings.channels = ["team": .webhook(.init(.url(outside.url + path)))]
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

  @Test("an address that is a secret, and the key that signs, come from the environment; a missing one is said")
  func secrets() async throws {
    try await Outside.withService(["KEY": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]) { outside in
      var outside = outside
      outside.settings.channels = ["team": .webhook(.init(.url(outside.url + "/nothing"), key: "KEY"))]
      #expect(await outside.deliver(channel: "team") == .done(.null))
      outside.settings.channels = ["team": .webhook(.init(.secret("HOOK")))]
      #expect(
        await outside.deliver(channel: "team")
          == .failed(code: "config", message: "no secret is named 'HOOK' in writ.yaml"))
    }
  }

  @Test("a mail server that is down is a failure of the network, to be tried again")
  func noServer() async throws {
    try await Outside.withService { outside in
      var outside = outside
      let server = Settings.Channel.MailServer(url: "smtp://127.0.0.1:1", from: MailAddress("writ@example.com"))
      outside.settings.channels = ["mail": .mail(server)]
      #expect(await outside.deliver(channel: "mail").code == "network")
    }
  }
}
