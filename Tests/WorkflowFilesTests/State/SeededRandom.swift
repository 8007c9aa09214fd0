import CEL
import WorkflowEngine

/// SplitMix64: the same seed gives the same events everywhere.
struct SeededRandom: RandomNumberGenerator {
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

  mutating func int(_ range: Range<Int> = 0..<1000) -> Int { Int.random(in: range, using: &self) }
  mutating func flip() -> Bool { Bool.random(using: &self) }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[int(0..<items.count)] }

  mutating func maybe<Item>(_ make: (inout SeededRandom) -> Item) -> Item? { flip() ? make(&self) : nil }

  mutating func some<Item>(upTo limit: Int = 3, _ make: (inout SeededRandom) -> Item) -> [Item] {
    var items: [Item] = []
    for _ in 0..<int(0..<limit + 1) { items.append(make(&self)) }
    return items
  }

  /// Words that tempt a writer of YAML or JSON.
  mutating func text() -> String {
    let words = [
      "", "alice", "no", "Yes", "null", "y", "on", "12", "1.10", "22:22", "0x1F", "1e5", "2026-11-22", "~", "-", "- a",
      "a: b", "a:b", "a #b", "role:finance", "a  b", " a", "a ", "{x}", "[x]",
      "a, b", "\"quoted\"",
      "it's",
      "back\\slash",
      "tab\there", "line\nfeed", "\r", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}", "Ünïcödé", "🧾 receipt",
      "e\u{301}",
      "$value", "sha256-", "<< ", "=", "!tag", "&anchor", "*alias", "%", "@at", "`tick`", "?", "|", ">",
      "Expense approval",
    ]
    return pick(words)
  }

  mutating func instant() -> Timestamp {
    let seconds = Int64.random(in: -2_000_000_000...4_000_000_000, using: &self)
    let nanoseconds = pick([0, 123_000_000, 1_000_000, 123_456_789, 1]) as Int32
    return Timestamp(seconds: seconds, nanoseconds: nanoseconds) ?? .epoch
  }

  mutating func value(depth: Int = 3) -> Value {
    switch int(0..<(depth > 0 ? 14 : 10)) {
    case 0: return .null
    case 1: return .bool(flip())
    case 2: return .int(pick([0, -1, 42, .max, .min]))
    case 3: return .double(pick([0, -0.0, 1.5, 1e30, .leastNonzeroMagnitude, .infinity, -.infinity, .nan, 2500]))
    case 4: return .uint(pick([0, 7, .max]))
    case 5: return .bytes(some { UInt8(truncatingIfNeeded: $0.int()) })
    case 6: return .timestamp(instant())
    case 7: return .duration(pick([.seconds(30), .milliseconds(1500), .zero, .seconds(-5)]))
    case 8: return .decimal(Decimal(pick(["0", "1.20", "-12345678901234567890.5"]))!)
    case 9: return .string(text())
    case 10: return .list(some { $0.value(depth: depth - 1) })
    case 11: return .optional(maybe { $0.value(depth: depth - 1) })
    case 12:
      return .map(ValueMap(entries: [.init(key: .int(3), value: value(depth: depth - 1)), .init(key: "a", value: 1)]))
    default: return .map(map(depth: depth - 1))
    }
  }

  mutating func map(depth: Int = 2) -> ValueMap {
    ValueMap(some(upTo: 4) { random in (random.text(), random.value(depth: depth)) })
  }

  /// Flips, drops, doubles or inserts a few bytes.
  mutating func damage(_ bytes: inout [UInt8]) {
    for _ in 0..<int(1..<4) where !bytes.isEmpty {
      let place = int(0..<bytes.count)
      switch int(0..<5) {
      case 0: bytes[place] ^= UInt8(1) << UInt8(int(0..<8))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(pick(Array("{}[]\",:\\\n $-0~\u{80}".utf8)), at: place)
      case 3: bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: bytes[..<place].suffix(20), at: place)
      }
    }
  }
}
