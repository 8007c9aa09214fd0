import CEL
import Testing

@testable import WorkflowEngine

/// Timelines that were tampered with: the checked fold says so, or makes something; it never stops the process.
@Suite("Timelines that were tampered with")
struct CoherenceTests {
  private static func numbered(_ events: [Entry]) -> [Entry] {
    events.enumerated().map { Entry(number: $0 + 1, at: $1.at, event: $1.event) }
  }

  /// One event left out, told twice, told too early, or replaced by one from elsewhere.
  private static func tampered(_ entries: [Entry], _ others: [Entry], _ random: inout SeededRandom) -> [Entry] {
    var entries = entries
    let index = Int.random(in: entries.indices, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: entries.remove(at: index)
    case 1: entries.insert(entries[index], at: index)
    case 2: entries.swapAt(index, Int.random(in: entries.indices, using: &random))
    default: entries[index] = others.randomElement(using: &random) ?? entries[index]
    }
    return numbered(entries)
  }

  @Test("whatever is done to the timelines of random lives, folding them with a check never ends the process")
  func mangled() {
    var found = 0
    var others: [Entry] = []
    for seed in UInt64(0)..<120 {
      var random = SeededRandom(seed: seed)
      let workflow = BlockLayout.workflow(of: Block.random(depth: 4, &random), random: &random)
      var walk = Walk(workflow, seed: seed)
      walk.go(atMost: 40)
      for _ in 0..<40 where !walk.entries.isEmpty {
        let forged = Self.tampered(walk.entries, others, &random)
        do throws(Incoherence) {
          _ = try Instance.checkedFold(forged)
        } catch {
          found += 1
        }
        _ = Lawfulness.offences(in: forged)
      }
      others = walk.entries
    }
    #expect(found > 1_000)
  }

  @Test("an event that does not follow on those before it is named, with what is missing")
  func named() {
    let start = Started(
      instance: InstanceID(name: "sample", number: 1), workflow: "w", version: 1, definition: "d", title: "Sample",
      by: "anna", input: [:], vars: [:], step: "a", due: nil, timers: [])
    let cases: [([Event], String)] = [
      ([.entered(step: "a", visit: 1, token: 1)], "event 1: comes before the start"),
      ([.started(start), .started(start)], "event 2: starts again"),
      ([.started(start), .entered(step: "a", visit: 1, token: 7)], "event 2: names token 7, which is not there"),
      ([.started(start), .frameClosed(frame: 3)], "event 2: names frame 3, which is not open"),
      ([.started(start), .expired(to: "a", token: 1, cancelled: [])], "event 2: makes token 1, which has been there"),
      (
        [.started(start), .undoOpened(step: "a", visit: 1, token: 2, undoes: 1)],
        "event 2: takes back a.1, which was never noted"
      ),
      (
        [.started(start), .cancelled(by: "anna", reason: nil), .resumed(by: "anna", reason: nil)],
        "event 3: comes after the end"
      ),
    ]
    for (events, words) in cases {
      let entries = Self.numbered(events.map { Entry(number: 0, at: Timestamp(milliseconds: 0), event: $0) })
      #expect(throws: (any Error).self) { try Instance.checkedFold(entries) }
      do throws(Incoherence) { _ = try Instance.checkedFold(entries) } catch { #expect(error.description == words) }
    }
  }
}
