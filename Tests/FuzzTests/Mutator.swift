/// Makes new inputs from known ones: the same ones for the same seed, on every machine.
struct Mutator {
  private let inputs: [[UInt8]]
  private var state: UInt64

  init(seed: UInt64, from inputs: [[UInt8]]) {
    self.inputs = inputs
    state = seed
  }

  /// What means something to one of the readers.
  private static let pieces = [
    "{", "}", "[", "]", "(", ")", ": ", " #", "'", "\"", "\\", "|\n", "- ", "? ", "&a ", "*a", "!x ", "<<: ", "\n",
    "\t",
    "${", "}", "\0", "\u{FEFF}", "\u{2028}", "é", "\u{1F389}", "---\n", "type: ", "then: ", "null", "true", "-1", "1u",
    "9223372036854775807", "18446744073709551615u", "1e308", "0.1", "2 days", "P1Y", ".?", "[?", " && ", " || ", " ? ",
    " in ", ".map(x, ", "has(", "matches('", "(a*)*", "{\"$ref\": \"#\"}", "format: 1\n", "\\ud800", "RRULE:FREQ=",
  ].map { Array($0.utf8) }

  mutating func input() -> [UInt8] {
    var bytes = inputs.randomElement(using: &self) ?? []
    for _ in 0...Int.random(in: 0..<6, using: &self) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let start = Int.random(in: 0...bytes.count, using: &self)
    let end = min(bytes.count, start + Int.random(in: 0...16, using: &self))
    switch Int.random(in: 0..<6, using: &self) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
    case 2: bytes.replaceSubrange(start..<end, with: piece())
    case 3:
      let other = inputs.randomElement(using: &self) ?? []
      let from = Int.random(in: 0...other.count, using: &self)
      bytes.insert(contentsOf: other[from..<min(other.count, from + 40)], at: start)
    case 4: if start < bytes.count { bytes[start] = UInt8.random(in: .min ... .max, using: &self) }
    default: bytes.insert(contentsOf: piece(), at: start)
    }
  }

  private mutating func piece() -> [UInt8] { Self.pieces.randomElement(using: &self) ?? [] }
}

extension Mutator: RandomNumberGenerator {
  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
