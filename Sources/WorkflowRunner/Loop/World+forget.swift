import CEL
import HashTreeCollections
import WorkflowEngine

extension World {
  /// How long an answer is remembered for its key, and how many are.
  static let remembered: Duration = .seconds(24 * 3_600)
  static let keysRemembered = 1_000_000
  /// A batch forgets at most so many earlier ones, and looks no further than so many, so that none takes long.
  private static let (mostForgotten, farthestLook) = (32, 1_000)

  /// Remembers the first answer to a key.
  mutating func remember(_ answer: Answered, for key: RequestKey) {
    requests[key] = answer
    answered[answer.sequence, default: []].append(key)
  }

  /// Forgets keys that have had their day, oldest batch first, and returns the batches whose files are to go.
  ///
  /// - Parameter limit: how many keys are remembered at most.
  mutating func forgetAnswers(now: Timestamp, limit: Int = keysRemembered) -> [Int] {
    var forgotten: [Int] = []
    let last = min(sequence, firstAnswered + Self.farthestLook)
    while firstAnswered < last, forgotten.count < Self.mostForgotten {
      if let keys = answered[firstAnswered] {
        let kept = keys.filter { requests[$0]?.sequence == firstAnswered }
        let isOver = kept.allSatisfy { (requests[$0]?.at.adding(Self.remembered)).map { $0 <= now } ?? true }
        guard isOver || requests.count > limit else { break }
        for key in kept { requests[key] = nil }
        answered[firstAnswered] = nil
        forgotten.append(firstAnswered)
      }
      firstAnswered += 1
    }
    return forgotten
  }
}
