import CEL
import Testing
import WorkflowEngine
import WorkflowRunner

@testable import Connectors

@Suite("Secrets", .timeLimit(.minutes(1)))
struct SecretsTests {
  private let token = #"s3cr"et/ü&"#
  private let bearer: Value = ["Authorization": ["$parts": ["Bearer ", ["$secret": "TOKEN"], ""]]]

  private func secrets(_ environment: [String: String]) -> Secrets {
    var settings = Settings()
    settings.secrets = ["TOKEN": "PAY_TOKEN"]
    return Secrets(settings: settings, environment: environment, open: { $0 == "lost" ? nil : .string($0) })
  }

  @Test("secrets are put in where they are marked, at any depth")
  func fills() throws {
    var secrets = secrets(["PAY_TOKEN": "abc"])
    let request: ValueMap = ["a": ["$secret": "TOKEN"], "b": [["$parts": ["x", ["$secret": "TOKEN"], "y"]]], "c": 1]
    #expect(try secrets.fill(request) == ["a": "abc", "b": ["xabcy"], "c": 1])
  }

  @Test("in a url they are percent-encoded, except at its beginning")
  func fillsURLs() throws {
    var secrets = secrets(["PAY_TOKEN": "a&b"])
    let parts: Value = [["$secret": "TOKEN"], "/?key=", ["$secret": "TOKEN"]]
    #expect(try secrets.fill(["url": ["$parts": parts]]) == ["url": "a&b/?key=a%26b"])
  }

  @Test("what is sealed is opened, alone and in texts; a failure does not tell it, a result may")
  func opensSealed() throws {
    var secrets = secrets([:])
    let sealed = Value.sealed("DE 893")
    let request: ValueMap = ["iban": sealed, "url": ["$parts": ["https://bank/", sealed]], "list": [sealed]]
    #expect(try secrets.fill(request) == ["iban": "DE 893", "url": "https://bank/DE%20893", "list": ["DE 893"]])
    #expect(secrets.redacted(.failed(code: "no", message: "DE 893 is unknown")).message == "*** is unknown")
    #expect(secrets.redacted(.done(["iban": "DE 893"])) == .done(["iban": "DE 893"]))
    let error = #expect(throws: AttemptFailure.self) { try secrets.fill(["iban": .sealed("lost")]) }
    #expect(error?.message == "the key of a sensitive value is not in state/.git/writ/keys")
  }

  @Test("a secret that is not there is named, with the variable to set")
  func missing() {
    for (name, message) in [
      ("TOKEN", "the secret 'TOKEN' is empty: set the environment variable PAY_TOKEN"),
      ("OTHER", "no secret is named 'OTHER' in writ.yaml"),
    ] {
      var secrets = secrets(["PAY_TOKEN": ""])
      let error = #expect(throws: AttemptFailure.self) { try secrets.fill(["a": ["$secret": .string(name)]]) }
      #expect(error?.code == "config")
      #expect(error?.message == message)
    }
  }

  @Test("a service that echoes a secret in its failure does not bring it into the message", arguments: [40, 490])
  func echoedInFailure(length: Int) async throws {
    let token = String(repeating: "0123456789", count: length / 10)
    for path in ["/leak", "/leak-late"] {
      let result = try await Outside.withService(["TOKEN": token]) { await $0.ask(path, ["headers": bearer]) }
      #expect(result.code == "http.500")
      #expect(!result.message.contains("0123"))
      #expect(result.message.unicodeScalars.count <= 500)
    }
  }

  @Test("nor into the result")
  func echoedInResult() async throws {
    let result = try await Outside.withService(["TOKEN": "abc123"]) { await $0.ask("/mirror", ["headers": bearer]) }
    #expect(result.value?["body"] == ["sent": "Bearer ***"])
  }

  @Test("every spelling of a secret is redacted, in keys too")
  func spellings() throws {
    var secrets = secrets(["PAY_TOKEN": token])
    _ = try secrets.fill(["a": ["$secret": "TOKEN"]])
    let text = #"raw s3cr"et/ü&́ json s3cr\"et/ü& url s3cr%22et%2F%C3%BC%26"#
    #expect(secrets.redacted(.failed(code: "http.500", message: text)).message == "raw ***\u{301} json *** url ***")
    #expect(secrets.redacted(.done([token: [.string(token)]])) == .done(["***": ["***"]]))
  }

  @Test("a secret that was not asked for is left alone")
  func unused() {
    let answer = Performed.done("abc")
    #expect(secrets(["PAY_TOKEN": "abc"]).redacted(answer) == answer)
  }
}
