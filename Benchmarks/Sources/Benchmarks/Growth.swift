import Foundation
import GitStore
import WorkflowRunner

/// Speed with a long history, against empty records that take turns with it: the machine's moods meet both.
struct Growth {
  let commands: Int
  private static let rounds = 5
  /// The history is grown in so many stretches.
  private var parts: Int { max(20, commands / 100_000) }

  func measure() async throws -> [Figure] {
    let grown = try await Bureau()
    let needed = commands * 3_000
    guard grown.scratch.free > 2 * needed else {
      throw Failed(arguments: ["growth to \(commands) transitions wants \(2 * needed >> 30) GiB of free disk"])
    }
    let upkeep = keepUp(grown)
    defer { upkeep.cancel() }
    for part in 1...parts {
      try Figure(
        figure: "speed while growing", value: try await speed(grown), unit: "commands/s",
        with: ["transitions": Double(commands / parts * part)]
      ).print()
    }
    var (long, short): ([Double], [Double]) = ([], [])
    for _ in 0..<Self.rounds {
      long.append(try await speed(grown))
      short.append(try await speedOfEmpty())
    }
    return [
      Figure(
        figure: "speed after growth", value: long.median, unit: "commands/s",
        reference: Figure.Reference(what: "empty records, in turns", value: short.median),
        budget: Figure.Budget(of: .ratio, atLeast: 0.9), with: ["transitions": Double(commands)])
    ]
  }

  private func speedOfEmpty() async throws -> Double {
    let empty = try await Bureau()
    let upkeep = keepUp(empty)
    defer { upkeep.cancel() }
    return try await speed(empty)
  }

  /// Commands a second over one stretch, when it has warmed up.
  private func speed(_ bureau: Bureau) async throws -> Double {
    let lives = Lives(runner: bureau.runner, callers: 1_000)
    _ = try await lives.run(200, Lives.automatic)
    let count = try await lives.run(commands / parts / 5, Lives.automatic)
    return Double(count.commands) / count.seconds
  }

  /// Rolls packs up, as `writ serve` does.
  private func keepUp(_ bureau: Bureau) -> Task<Void, any Error> {
    Task.detached {
      while !Task.isCancelled {
        _ = try bureau.store.rollUp()
        try bureau.store.removeReplaced()
        try await Task.sleep(for: .seconds(1))
      }
    }
  }
}
