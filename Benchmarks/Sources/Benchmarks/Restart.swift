import Foundation
import GitStore
import WorkflowRunner

/// From the start of the program to a runner that takes commands, with many live instances; and what they take of memory.
struct Restart {
  let instances: Int

  func measure() async throws -> [Figure] {
    let bureau = try await Bureau()
    _ = try await Lives(runner: bureau.runner, callers: 2_000).run(instances, Lives.request)
    while try bureau.store.rollUp() > 0 {}
    try bureau.store.close()
    var probes: [Probe] = []
    for _ in 0..<3 {
      let line = try run(CommandLine.arguments[0], "--probe", bureau.state)
      probes.append(try JSONDecoder().decode(Probe.self, from: Data(line.utf8)))
    }
    let live = Double(instances)
    return [
      Figure(
        figure: "restart to ready", value: probes.map(\.seconds).median, unit: "s",
        budget: Figure.Budget(of: .value, atMost: 3 * max(live, 1_000) / 100_000),
        with: ["live instances": live, "us per instance": probes.map(\.seconds).median / live * 1e6]),
      Figure(
        figure: "memory per live instance", value: probes.map(\.bytes).median / live, unit: "B",
        budget: Figure.Budget(of: .value, atMost: 2_048), with: ["live instances": live]),
    ]
  }

  /// What one fresh process saw.
  struct Probe: Codable {
    var seconds: Double
    var bytes: Double

    /// Opens the record at `state` and prints what it took.
    static func run(_ state: String) throws {
      let before = residentMemory
      let (time, (store, runner)) = try benchmarks.seconds {
        let store = try StateStore.open(at: state)
        return (store, try Bureau.runner(on: store))
      }
      let probe = Probe(seconds: time, bytes: Double(residentMemory - before))
      print(String(decoding: try JSONEncoder().encode(probe), as: UTF8.self))
      guard !runner.snapshot.live.isEmpty else { throw Failed(arguments: ["nothing is live"]) }
      try store.close()
    }

    /// Bytes of memory that belong to this process alone, mapped files left out.
    private static var residentMemory: Int {
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon") }
      return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
    }
  }
}
