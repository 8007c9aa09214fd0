import WorkflowEngine

/// One thing that happens in a simulated world.
///
/// Numbers named `pick` choose among what there is when the move is made, so that a story stays meaningful when moves
/// are taken out of it. A move that finds nothing to do does nothing.
enum Move: Sendable, Hashable {
  /// People, through a page, a verb or the API.
  case start(who: Int, what: Int, keyed: Bool)
  case decide(pick: Int, who: Int, verdict: Decision.Verdict)
  case delegate(pick: Int, to: Int)
  case complete(pick: Int, who: Int)
  case comment(pick: Int, who: Int)
  case operate(pick: Int, who: Int, how: Operation)
  /// Somebody who heard "not done", "unknown" or nothing asks again with the same key.
  case repeatRequest(pick: Int)

  /// People, by commits.
  case commit(pick: Int, who: Int, verdict: Decision.Verdict)
  case rewriteInbox(pick: Int)
  case takeInbox

  /// A commit on the deploy branch is checked; later it is made live.
  case plan(variant: Int)
  case deploy(pick: Int)

  /// Time, in seconds; the clock may also be set back.
  case pass(Int)
  case fireTimers
  /// Services.
  case dispatch
  case answer(pick: Int, how: Answer)

  /// The disk.
  case write(SimulatedStore.Fate)
  /// The process dies; what was being written is durable or lost.
  case crash(written: Bool)

  enum Operation: CaseIterable { case suspend, resume, retry, skip, cancel, withdraw }
  /// `hang`: never; `twice`: the answer comes again; `lie`: a value that the schema refuses.
  enum Answer: CaseIterable { case done, fail, lie, twice, hang }
}

extension Move {
  static func throwing(_ dice: inout Dice) -> Move {
    let (pick, who) = (dice.number(below: 1 << 16), dice.number(below: SimulatedTown.people.count))
    switch dice.number(below: 100) {
    case 0..<10: return .start(who: who, what: dice.number(below: 2), keyed: dice.number(below: 4) > 0)
    case 10..<30: return .decide(pick: pick, who: who, verdict: verdict(&dice))
    case 30..<33: return .delegate(pick: pick, to: who)
    case 33..<39: return .complete(pick: pick, who: who)
    case 39..<41: return .comment(pick: pick, who: who)
    case 41..<45: return .operate(pick: pick, who: who, how: dice.pick(Operation.allCases))
    case 45..<50: return .repeatRequest(pick: pick)
    case 50..<54: return .commit(pick: pick, who: who, verdict: verdict(&dice))
    case 54: return .rewriteInbox(pick: pick)
    case 55..<61: return .takeInbox
    case 61..<63: return .plan(variant: pick)
    case 63..<66: return .deploy(pick: pick)
    case 66..<71: return .pass(dice.pick([1, 1, 60, 3_600, 7_200, 90_000, 500_000, -30, -4_000]))
    case 71..<74: return .fireTimers
    case 74..<78: return .dispatch
    case 78..<83: return .answer(pick: pick, how: dice.pick([.done] + Answer.allCases))
    case 83..<97: return .write(fate(&dice))
    default: return .crash(written: dice.number(below: 2) == 0)
    }
  }

  private static func verdict(_ dice: inout Dice) -> Decision.Verdict {
    dice.pick([.approve, .approve, .approve, .approve, .reject, .sendBack])
  }

  private static func fate(_ dice: inout Dice) -> SimulatedStore.Fate {
    dice.number(below: 6) > 0 ? .written : dice.pick(SimulatedStore.Fate.allCases)
  }
}
