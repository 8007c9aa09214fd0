import AsyncHTTPClient
import CEL
import GitStore
import NIOCore
import NIOHTTP1
import WorkflowEngine

/// What a verb does through the HTTP API, whoever serves it: the server that runs on the repository, or this process
/// for as long as the verb takes.
enum Session {
  /// Verbs that meet each other at the record take turns; nobody waits longer than this.
  private static let patience: Duration = .seconds(20)

  static func run<Outcome: Sendable>(
    in place: Place, _ body: @Sendable (API) async throws -> Outcome
  ) async throws -> Outcome {
    try place.requireRecord()
    let end = ContinuousClock.now + patience
    while true {
      if let running = try await running(in: place) { return try await body(running) }
      let record: OpenRecord
      do { record = try OpenRecord(place) } catch StoreError.held(let holder) {
        guard ContinuousClock.now < end else { throw StoreError.held(holder) }
        try await Task.sleep(for: .milliseconds(Int.random(in: 10...40)))
        continue
      }
      return try await LocalServer(record: record).run(body)
    }
  }

  /// The server that runs on the repository, if it answers.
  static func running(in place: Place) async throws -> API? {
    guard let address = StateStore.holder(at: place.state).address, let token = StateStore.token(at: place.state),
      let commit = await deployedCommit(at: address)
    else { return nil }
    return API(base: address, token: token, person: try Keyboard(place).requirePerson(at: commit.id))
  }

  /// `nil` where nobody answers; a server that has deployed nothing yet has no id.
  static func deployedCommit(at address: String) async -> (id: String?, sequence: Int64)? {
    let request = HTTPClientRequest(url: address + "/readyz")
    guard let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)), answer.status.code == 200,
      let body = try? await answer.body.collect(upTo: 1 << 16),
      let ready = try? Value(json: Array(body.readableBytesView))
    else { return nil }
    return (ready[text: "commit"], ready["sequence"]?.intValue ?? 0)
  }
}
