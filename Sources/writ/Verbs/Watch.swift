import ArgumentParser
import AsyncHTTPClient
import CEL
import NIOCore
import NIOHTTP1

struct Watch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follows an instance until it ends.",
    discussion:
      "Ends with 0 when it ended well, 1 when it was cancelled. With --once also: 1 stuck, 6 waits for a person.")

  @OptionGroup var repository: RepositoryOption
  @Argument(help: "42, or expense-approval-42.") var id: String
  @Flag(help: "Only say where it is now, by the exit code too.") var once = false

  func run() async throws {
    let place = try repository.place()
    if once {
      let instance = try await Session.run(in: place) { try await $0.get("/api/instances/\(API.escaped(id))") }
      InstanceWords(instance: instance).sayWhereItIs()
      throw InstanceWords(instance: instance).exitStatus
    }
    guard let api = try await Session.running(in: place) else {
      throw Complaint(
        .conflict, "no server runs here, so nothing moves", hint: "begin one with 'writ serve', or look once: --once")
    }
    throw try await follow(api)
  }

  /// Prints what is new after every change of the record.
  private func follow(_ api: API) async throws -> ExitStatus {
    var seen = 0
    var request = HTTPClientRequest(url: api.base + "/api/changes")
    request.headers.add(name: "Authorization", value: "Bearer \(api.token)")
    request.headers.add(name: "Writ-Person", value: api.person)
    let stream = try await HTTPClient.shared.execute(request, timeout: .hours(24 * 365))
    for try await _ in stream.body {
      let items = try await api.get("/api/instances/\(API.escaped(id))/timeline")[items: "items"]
      for item in items.dropFirst(seen) { Log.write(item) }
      seen = items.count
      let words = InstanceWords(instance: try await api.get("/api/instances/\(API.escaped(id))"))
      if words.hasEnded { return words.exitStatus }
    }
    throw Complaint(.remoteFailed, "the server has ended", hint: "begin it again with: writ serve")
  }
}
