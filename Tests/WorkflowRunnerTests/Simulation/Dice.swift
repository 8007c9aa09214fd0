/// SplitMix64: the same seed throws the same numbers everywhere.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  /// Mixed, so that neighbouring seeds do not throw one stream from neighbouring places.
  init(seed: UInt64) {
    state = seed
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[number(below: items.count)] }
}
