import Testing
import WorkflowFiles

/// Whatever stands in a file, reading ends with findings or a value, never with a crash. Seeded, so that a failure repeats.
@Suite("Reading survives")
struct MutationTests {
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    /// SplitMix64.
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let pieces = [
    "{", "}", "[", "]", ": ", " #", "'", "\"", "|\n", ">-\n", "- ", "? ", "&a ", "*a", "!x ", "<<: ", "\n", "\t", "${",
    "}",
    "\\", "é", "\u{FEFF}", "\u{2028}", "\0", "---\n", "%YAML 1.1\n", "type: ", "then: ", "then: [", "null",
    "9999999999999999999",
    "-1", "2 days", "P1Y", "levels: ", "moves: ", "\r", "\u{1F389}", "''", "\"\\u12\"", "|2\n", "manager-of:",
  ]

  @Test("mutations of every broken file", arguments: ["yaml", "workflow", "people", "settings"])
  func mutations(folder: String) throws {
    var random = Seeded(state: 20_261_122)
    let files = try BrokenFile.all(in: folder).map { try $0.bytes() }
    #expect(!files.isEmpty)
    for round in 0..<15 {
      for file in files {
        var bytes = file
        for _ in 0...(round % 6) { mutate(&bytes, from: files, &random) }
        readEverything(bytes)
      }
    }
  }

  private func readEverything(_ bytes: [UInt8]) {
    let findings =
      WorkflowReader.read(bytes, file: "a.yaml", name: "a").findings + PeopleReader.read(bytes).findings
      + SettingsReader.read(bytes).findings
    for finding in findings {
      guard let start = finding.place.start, let end = finding.place.end else { continue }
      #expect(start <= end && end.offset <= bytes.count && start.line >= 1 && start.column >= 1)
    }
    _ = FindingFormat.pretty.render(findings)
  }

  private func mutate(_ bytes: inout [UInt8], from files: [[UInt8]], _ random: inout Seeded) {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").utf8, at: start)
    case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
    case 3:
      let other = files.randomElement(using: &random) ?? []
      let from = Int.random(in: 0...other.count, using: &random)
      bytes.insert(contentsOf: other[from..<min(other.count, from + 30)], at: start)
    default: if start < bytes.count { bytes[start] = UInt8.random(in: .min ... .max, using: &random) }
    }
  }
}
