import Testing
import WorkflowFiles

@Suite("Hostile YAML")
struct HostileYAMLTests {
  struct Attack: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var unit: String
    var before = ""
    var isRefused = true

    /// As much of it as a file may hold.
    var bytes: [UInt8] {
      let count = (YAMLRule.Limit.file - before.utf8.count) / unit.utf8.count
      return Array((before + String(repeating: unit, count: count)).utf8)
    }
  }

  static let attacks = [
    Attack(testDescription: "lists in lists", unit: "["),
    Attack(testDescription: "braces in braces", unit: "{a: "),
    Attack(testDescription: "lists in lists on lines", unit: "[\n"),
    Attack(testDescription: "lists in lists after comments", unit: "[ # \n"),
    Attack(testDescription: "block lists in lists", unit: "- "),
    Attack(testDescription: "complex keys", unit: "? "),
    Attack(testDescription: "flow complex keys", unit: "? ", before: "["),
    Attack(testDescription: "quotes", unit: "\""),
    Attack(testDescription: "unclosed quote", unit: "a ", before: "a: \""),
    Attack(testDescription: "anchors", unit: "- &a b\n"),
    Attack(testDescription: "aliases", unit: "*a,", before: "["),
    Attack(testDescription: "tags", unit: "!a b,", before: "["),
    Attack(testDescription: "entries without colons", unit: "a,", before: "{"),
    Attack(testDescription: "equal keys", unit: "a: b\n"),
    Attack(testDescription: "unquoted calls", unit: "a: f(b,c),", before: "{"),
    Attack(
      testDescription: "unquoted calls on lines",
      unit: "- {a: f(" + (0..<300).map { "k\($0)," }.joined() + ")}\n"),
    Attack(testDescription: "colons", unit: "a: "),
    Attack(testDescription: "documents", unit: "---\n"),
    Attack(testDescription: "directives", unit: "%YAML 1.1\n"),
    Attack(testDescription: "one long word", unit: "a"),
    Attack(testDescription: "blank lines in a scalar", unit: "\n", before: "a: b", isRefused: false),
    Attack(testDescription: "indented blank lines in a block", unit: " \n", before: "a: |\n", isRefused: false),
    Attack(testDescription: "commas", unit: ",", before: "["),
    Attack(testDescription: "many items", unit: "- a\n", isRefused: false),
    Attack(testDescription: "many empty items", unit: "-\n", isRefused: false),
    Attack(testDescription: "many short lists", unit: "[],", before: "["),
    Attack(testDescription: "wide characters", unit: "é", before: "a: "),
    Attack(testDescription: "zero bytes", unit: "\0"),
  ]

  /// libyaml alone needs minutes for some of these. The bound only tells hanging from reading: machines are noisy.
  @Test("is read or refused in no time", arguments: attacks)
  func isFast(_ attack: Attack) {
    let bytes = attack.bytes
    let clock = ContinuousClock()
    var document: YAMLDocument?
    let time = clock.measure { document = YAMLReader.read(bytes, file: "hostile.yaml") }
    if attack.isRefused { #expect(document?.findings.isEmpty == false) }
    #expect((document?.findings.count ?? 0) <= YAMLRule.Limit.findings + 1)
    #expect(time < .seconds(90), "\(time)")
  }

  @Test("of more than a mebibyte is not looked at")
  func size() {
    let document = YAMLReader.read([UInt8](repeating: 0x61, count: YAMLRule.Limit.file + 1), file: "big.yaml")
    #expect(document.findings.map(\.code) == [YAMLRule.fileSize.rawValue])
  }

  @Test("text of more than 64 KiB is refused, exactly 64 KiB is not")
  func scalarSize() {
    for (count, codes) in [(YAMLRule.Limit.scalar, []), (YAMLRule.Limit.scalar + 1, [YAMLRule.scalarSize.rawValue])] {
      let document = YAMLReader.read(Array("a: ".utf8) + [UInt8](repeating: 0x61, count: count), file: "long.yaml")
      #expect(document.findings.map(\.code) == codes)
    }
  }

  @Test("is nested 64 deep but not 65")
  func depth() {
    for (depth, isRead) in [(64, true), (65, false)] {
      let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      #expect(YAMLReader.read(Array(text.utf8), file: "deep.yaml").findings.isEmpty == isRead)
    }
  }
}
