import Foundation
import Testing

@testable import WorkflowEngine

/// Random processes and random lives. `WRIT_SEED` repeats one, `WRIT_ROUNDS` says how many.
@Suite("Whatever the process, whatever happens")
struct PropertyTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed = environment["WRIT_SEED"].flatMap(UInt64.init) ?? 20_261_123
  private static let rounds = environment["WRIT_ROUNDS"].flatMap(Int.init) ?? 1_000
  private static let walks: UInt64 = 3

  /// What is wrong with a process; `nil` if everything held.
  private static func fault(_ block: Block, seed: UInt64) -> String? {
    var random = SeededRandom(seed: seed)
    let workflow = BlockLayout.workflow(of: block, random: &random)
    let graph = StepGraph(of: workflow)
    let frames = StaticFrames(of: workflow, graph)
    let soundness = Soundness(of: workflow, graph, frames)
    for number in 0..<walks {
      var walk = Walk(workflow, seed: seed &+ UInt64(number), migrates: number == walks - 1)
      walk.go(atMost: 60)
      if let fault = walk.faults.first { return fault }
      if !walk.migrates, let fault = surprise(walk, workflow, graph) { return fault }
      if walk.isStarved, soundness.isDecided, soundness.starvations.isEmpty, soundness.canAllArrive(workflow) {
        return "a join starved that the checker had proved"
      }
    }
    return nil
  }

  /// What the checker had excluded: a step that nothing leads to, an end that is none.
  private static func surprise(_ walk: Walk, _ workflow: Workflow, _ graph: StepGraph) -> String? {
    for entry in walk.entries {
      switch entry.event {
      case .entered(let step, _, _):
        guard let index = graph.index[step], graph.isReachable(index) else {
          return "'\(step)' was said to be out of reach"
        }
      case .completed(let outcome, _):
        guard workflow.endings.contains(outcome) else { return "nothing was said to end as '\(outcome)'" }
      default: break
      }
    }
    return nil
  }

  @Test("random lives meet what a life can hold")
  func variety() {
    var met: Set<String> = []
    for seed in UInt64(0)..<200 {
      var random = SeededRandom(seed: seed)
      let workflow = BlockLayout.workflow(of: Block.random(depth: 4, &random), random: &random)
      var walk = Walk(workflow, seed: seed, migrates: seed % 3 == 0)
      walk.go(atMost: 60)
      for entry in walk.entries { met.insert(String("\(entry.event)".prefix { $0 != "(" })) }
    }
    let wanted: Set<String> = [
      "started", "entered", "taskOpened", "levelOpened", "jobOpened", "waitOpened", "callOpened", "childStarted",
      "decided",
      "levelClosed", "delegated", "attemptFailed", "redelivered", "left", "forked", "eachOpened", "itemEntered",
      "itemEnded",
      "gathered",
      "arrived", "joined", "frameClosed", "frameLeft", "notified", "incident", "retried", "reopened", "undoNoted",
      "undoBegun", "undoOpened", "undone", "commented", "cancelled", "completed", "listened", "received", "sideBegun",
      "migrated",
    ]
    #expect(wanted.subtracting(met).isEmpty, "never met: \(wanted.subtracting(met).sorted())")
  }

  @Test("live state equals replay, no token leaks, frames close, and what the checker proved stays true")
  func invariants() {
    for round in 0..<Self.rounds {
      let seed = Self.seed &+ UInt64(round)
      var random = SeededRandom(seed: seed)
      let block = Block.random(depth: 4, &random)
      guard Self.fault(block, seed: seed) != nil else { continue }
      let least = Self.shrunk(block, seed: seed)
      Issue.record("WRIT_SEED=\(seed) WRIT_ROUNDS=1: \(Self.fault(least, seed: seed) ?? "") in \(least)")
      return
    }
  }

  @Test("where the checker says that a join may starve, some life of the process starves it")
  func refutations() {
    var refuted = 0
    for round in 0..<5 * Self.rounds {
      let seed = Self.seed &+ UInt64(round)
      var random = SeededRandom(seed: seed)
      let parts = (0..<3).map { _ in Block.random(depth: 1, inFork: true, &random) }
      let block = Block.fork(.parallel, .count(2), parts)
      let workflow = BlockLayout.workflow(of: block, random: &random)
      let graph = StepGraph(of: workflow)
      let soundness = Soundness(of: workflow, graph, StaticFrames(of: workflow, graph))
      guard !block.hasInclusive, soundness.starvations.contains(where: { $0.join == graph.index["join2"] }) else {
        continue
      }
      refuted += 1
      let isStarved = (0..<400).contains { (number: Int) in
        var walk = Walk(workflow, seed: seed &+ UInt64(number))
        walk.go(atMost: 60)
        return walk.isStarved
      }
      #expect(isStarved, "WRIT_SEED=\(seed) WRIT_ROUNDS=1: no life of \(block) starved")
      if refuted == 40 { break }
    }
    #expect(refuted > 0 || Self.rounds < 100)
  }

  /// The smallest process near a failing one that fails too.
  private static func shrunk(_ block: Block, seed: UInt64) -> Block {
    var least = block
    while let next = least.smaller.first(where: { fault($0, seed: seed) != nil }) { least = next }
    return least
  }
}

extension Block {
  /// Whether what is taken depends on data.
  fileprivate var hasInclusive: Bool {
    switch self {
    case .leaf, .mayEnd, .mayLeave: false
    case .sequence(let parts), .choice(let parts): parts.contains(where: \.hasInclusive)
    case .loop(let body): body.hasInclusive
    case .fork(let mode, _, let parts): mode == .inclusive || parts.contains(where: \.hasInclusive)
    }
  }
}

extension Soundness {
  /// A join that waits for more branches than can ever arrive is another rule's finding.
  fileprivate func canAllArrive(_ workflow: Workflow) -> Bool {
    arrivals.allSatisfy { join, most in
      guard case .join(let settings) = workflow.steps[join].kind, case .count(let wanted) = settings.wait else {
        return true
      }
      return most >= wanted
    }
  }
}
