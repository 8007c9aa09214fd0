import CEL
import Synchronization

/// A clock that is set by hand while the story is told, and then hands over to the real one.
final class DemoClock: Sendable {
  private let simulated: Mutex<Timestamp?>

  init(at start: Timestamp) {
    simulated = Mutex(start)
  }

  var now: Timestamp { simulated.withLock { $0 } ?? .current }

  func set(_ instant: Timestamp) { simulated.withLock { $0 = instant } }

  /// From here on it is today.
  func handOver() { simulated.withLock { $0 = nil } }
}

/// Chance that is the same every time (SplitMix64), so that the story is too.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
