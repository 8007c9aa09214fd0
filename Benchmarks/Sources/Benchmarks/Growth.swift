import Foundation
import GitStore
import WorkflowRunner

/// Speed as the history grows, against the empty record of the same run.
struct Growth {
  let commands: Int
  /// Speeds are those of so many stretches; the empty record's is that of the first three.
  private var parts: Int { max(20, commands / 100_000) }

  func measure() async throws -> [Figure] {
    let bureau = try await Bureau()
    let needed = commands * 3_000
    guard bureau.scratch.free > 2 * needed else {
      throw Failed(arguments: ["growth to \(commands) transitions wants \(2 * needed >> 30) GiB of free disk"])
    }
    let upkeep = Task.detached {
      while !Task.isCancelled {
        _ = try bureau.store.rollUp()
        try bureau.store.removeReplaced()
        try await Task.sleep(for: .seconds(1))
      }
    }
    defer { upkeep.cancel() }
    let lives = Lives(runner: bureau.runner, callers: 1_000)
    _ = try await lives.run(200, Lives.automatic)
    var speeds: [Double] = []
    for part in 0..<parts {
      let count = try await lives.run(commands / parts / 5, Lives.automatic)
      speeds.append(Double(count.commands) / count.seconds)
      try Figure(
        figure: "speed while growing", value: speeds[part], unit: "commands/s",
        with: ["transitions": Double(commands / parts * (part + 1))]
      ).print()
    }
    return [
      Figure(
        figure: "speed after growth", value: Array(speeds.suffix(3)).median, unit: "commands/s",
        reference: Figure.Reference(what: "the empty record", value: Array(speeds.prefix(3)).median),
        budget: Figure.Budget(of: .ratio, atLeast: 0.9), with: ["transitions": Double(commands)])
    ]
  }
}
