import Foundation

/// Measures, and prints one line of JSON a figure. `--scale 1` is the size that the budgets speak of.
@main
struct Benchmarks {
  static func main() async throws {
    var arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--probe", let state = arguments.last { return try Restart.Probe.run(state) }
    var scale = 1.0
    var growth: Int?
    while let option = arguments.first, option.hasPrefix("--") {
      arguments = arguments.dropFirst()
      guard ["--scale", "--growth"].contains(option), let value = arguments.popFirst().flatMap({ Double($0) }) else {
        print("usage: benchmarks [--scale 1] [--growth 1000000] [campaign ...]")
        exit(64)
      }
      if option == "--growth" { growth = Int(value) } else { scale = value }
    }
    let wanted = Set(arguments)
    let campaigns: [(name: String, measure: () async throws -> [Figure])] = [
      (
        "automatic",
        { try await Throughput(name: "automatic", instances: Int(20_000 * scale), life: Lives.automatic).measure() }
      ),
      (
        "approval",
        { try await Throughput(name: "approval", instances: Int(30_000 * scale), life: Lives.approval).measure() }
      ),
      ("same-work", { try await SameWork(scale: scale).measure() }),
      ("lone", { try await Lone(rounds: Int(2_000 * scale) + 50).measure() }),
      ("restart", { try await Restart(instances: Int(100_000 * scale)).measure() }),
      ("maintenance", { try await Maintenance(transitions: Int(1_000_000 * scale)).measure() }),
      ("growth", { try await Growth(commands: growth ?? Int(1_000_000 * scale)).measure() }),
      (
        "verify",
        {
          guard let program = ProcessInfo.processInfo.environment["WRIT"] else { return [] }
          return try await Proof(transitions: Int(1_000_000 * scale), program: program).measure()
        }
      ),
      ("reading", { try Reading(scale: scale).measure() }),
    ]
    let unknown = wanted.subtracting(campaigns.map(\.name)).sorted()
    guard unknown.isEmpty else {
      print(
        "there is no campaign \(unknown.joined(separator: ", ")); there are \(campaigns.map(\.name).joined(separator: ", "))"
      )
      exit(64)
    }
    for campaign in campaigns where wanted.isEmpty || wanted.contains(campaign.name) {
      for figure in try await campaign.measure() { try figure.print() }
    }
  }
}
