import HashTreeCollections
import WorkflowEngine

@testable import WorkflowRunner

/// Bugs planted on purpose, one at a time, around the runner's own parts: the simulation must find every one.
enum Bug: String, CaseIterable {
  case answersEarly = "a caller is answered before the batch is durable"
  case ignoresKeys = "a repeated request is not recognised"
  case forgetsKeysInRecord = "keys are not written"
  case forgetsKeysAtStart = "keys are not read at the start"
  case losesCursor = "a cursor does not move with the effects"
  case assumesWritten = "a failed batch is taken as written"
  case assumesLost = "a batch of unknown outcome is taken as not written"
  case losesEvidence = "evidence is not kept"
  case losesEvent = "the last event of an instance is not written"
  case losesInstance = "one instance of a batch is not written"
  case keepsOldHead = "a head lags behind its timeline"
  case forgesDecider = "a decision is recorded under the initiator's name"
  case forgetsOwed = "the agenda is not told of changes"
  case reusesNumbers = "numbers of ended instances are given again after a start"
  case forgetsCursorAtStart = "cursors are not read at the start"
  case deploysBlindly = "a plan is made live on top of another deployment than it was made for"

  /// What the writer is given instead of the batch.
  func spoil(_ batch: Batch) -> Batch {
    var batch = batch
    switch self {
    case .forgetsKeysInRecord: batch.requests = []
    case .losesCursor: batch.world.cursors = batch.world.cursors.filter { $0.key != SimulatedInbox.cursor }
    case .losesInstance: if batch.parts.count > 1 { batch.parts[batch.parts.keys.max() ?? 0] = nil }
    case .losesEvidence, .losesEvent, .keepsOldHead, .forgesDecider:
      for number in batch.parts.keys { batch.parts[number].map { batch.parts[number] = spoil($0) } }
    default: break
    }
    return batch
  }

  private func spoil(_ part: Batch.Part) -> Batch.Part {
    var part = part
    switch self {
    case .losesEvidence: part.evidence = []
    case .losesEvent: if part.entries.count > 1 { part.entries.removeLast() }
    case .keepsOldHead: if let before = part.before, !part.after.isArchivable { part.after = before }
    case .forgesDecider:
      for index in part.entries.indices {
        guard case .decided(var decided) = part.entries[index].event else { continue }
        decided.by = part.after.initiator
        part.entries[index].event = .decided(decided)
      }
    default: break
    }
    return part
  }

  /// What a new process makes of what it read.
  func spoil(_ world: inout World) {
    switch self {
    case .forgetsKeysAtStart: (world.requests, world.answered) = ([:], [:])
    case .reusesNumbers: world.nextNumber = (world.live.numbers.max() ?? 0) + 1
    case .forgetsCursorAtStart: world.cursors = [:]
    default: break
    }
  }
}
