import Foundation
import Testing

@testable import WorkflowRunner

/// `make simulate SEEDS=50000` tries more; `SEED=7` begins there.
@Suite("The runner in simulated worlds")
struct SimulationTests {
  static let length = 80

  private static let first = number("SEED") ?? 1
  private static let count = number("SEEDS") ?? 1_000

  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  static func moves(_ seed: UInt64) -> [Move] {
    var dice = Dice(seed: seed)
    return (0..<length).map { _ in Move.throwing(&dice) }
  }

  @Test("whatever fails, and whoever races, all invariants hold")
  func holds() async {
    await withTaskGroup(of: Void.self) { group in
      for lane in 0..<2 as Range<UInt64> {
        group.addTask {
          for seed in Self.first..<Self.first + Self.count where seed % 2 == lane {
            guard let (_, broken) = Shrinking.shortest(Self.moves(seed)) else { continue }
            Issue.record("seed \(seed): \(broken)")
            return
          }
        }
      }
    }
  }

  @Test("the same seed gives the same record")
  func repeats() throws {
    for seed in 1..<6 as Range<UInt64> {
      let (one, other) = (try Simulation.run(Self.moves(seed)), try Simulation.run(Self.moves(seed)))
      #expect(one.store.tip == other.store.tip)
      #expect(one.story == other.story)
    }
  }

  @Test("every planted bug is found", arguments: Bug.allCases)
  func finds(_ bug: Bug) {
    let found = (1..<1_000 as Range<UInt64>).first { Shrinking.failure(of: Self.moves($0), bug) != nil }
    #expect(found != nil, "\(bug.rawValue)")
  }

  @Test("the story of a failure is short")
  func shrinks() throws {
    let failing = try #require(
      (1..<200 as Range<UInt64>).first { Shrinking.failure(of: Self.moves($0), .forgesDecider) != nil })
    let (moves, broken) = try #require(Shrinking.shortest(Self.moves(failing), bug: .forgesDecider))
    #expect(moves.count < 8, "\(broken)")
    #expect(broken.invariant == .lawful)
  }
}
