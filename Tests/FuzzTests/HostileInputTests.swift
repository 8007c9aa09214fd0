import Testing
import WorkflowFiles

/// What an attacker would commit: each is refused at a place, in words that mend it, after little work. The work is told by
/// what comes of it (few findings, short words) and by a time that only work without bounds can take.
@Suite("Hostile files")
struct HostileInputTests {
  struct Attack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: String
    let bytes: [UInt8]

    init(_ name: String, _ code: String, _ text: String) { self.init(name, code, Array(text.utf8)) }

    init(_ name: String, _ code: String, _ bytes: [UInt8]) {
      (testDescription, self.code, self.bytes) = (name, code, bytes)
    }
  }

  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
  private static func lines(_ count: Int, _ line: (Int) -> String) -> String { (0..<count).map(line).joined() }

  static let readingRules: [Attack] = [
    Attack("bytes that are not UTF-8", "W021", Array("title: ".utf8) + [0xE9, 0x0A]),
    Attack("half of a surrogate pair", "W021", Array("title: ".utf8) + [0xED, 0xA0, 0x80, 0x0A]),
    Attack("UTF-16", "W021", [0xFF, 0xFE, 0x61, 0, 0x3A, 0]),
    Attack("NUL", "W022", "title: a\0b\n"),
    Attack("a mark in mid-file", "W022", "title: \u{FEFF}b\n"),
    Attack("text that turns its direction", "W022", "title: a\u{202E}b\n"),
    Attack("a file of 10 MB", "W023", "title: " + times(10_000_000, "x")),
    Attack("100 kB of [", "W024", "a: " + times(100_000, "[")),
    Attack("100 kB of {a:", "W024", times(25_000, "{a: ")),
    Attack("a block a thousand deep", "W024", lines(1_000) { times($0, " ") + "a:\n" }),
    Attack("50,000 dashes", "W024", times(50_000, "- ")),
    Attack("50,000 question marks", "W024", times(50_000, "? ")),
    Attack("a text of 900 kB", "W025", "title: " + times(900_000, "x")),
    Attack("a quote that is never closed", "W026", "title: \"" + times(300_000, "x\n")),
    Attack("half of an escaped pair", "W026", "title: \"\\ud800\"\n"),
    Attack("an anchor", "W027", "title: &a x\n"),
    Attack("50,000 anchors", "W027", lines(50_000) { "k\($0): &a\($0) x\n" }),
    Attack("a billion laughs", "W028", "a: &a [x]\n" + lines(20) { "k\($0): [" + times(200, "*a,") + "]\n" }),
    Attack("a merge key", "W029", "a:\n  <<: {b: 1}\n"),
    Attack("a tag", "W030", "title: !!python/object x\n"),
    Attack("ten thousand documents", "W031", times(10_000, "---\na: 1\n")),
    Attack("a directive", "W032", "%YAML 1.1\n---\na: 1\n"),
    Attack("100,000 equal keys", "W033", times(100_000, "a: 1\n")),
    Attack("a list as a key", "W034", "[a, b]: 1\n"),
    Attack("a million empty lines", "W035", times(1_000_000, "\n")),
    Attack("a tab for indentation", "W036", "steps:\n\ta: 1\n"),
  ]

  static let manySlips: [Attack] = [
    Attack("80,000 unknown keys", "W002", lines(80_000) { "k\($0): 1\n" }),
    Attack("8,000 ways to steps that are not there", "W012", steps(8_000) { "then: q\($0)" }),
    Attack(
      "8,000 unknown types", "W006", steps(8_000) { _ in "then: done" }.replacing("type: task", with: "type: tusk")),
    Attack("8,000 expressions that are none", "W010", steps(8_000) { _ in "then: done, set: {x: '(('}" }),
    Attack(
      "8,000 names that are not declared", "W203",
      steps(4_000, head: variables) { "then: s\($0 + 1), set: {v: vars.w\($0)}" }),
    Attack("an enumeration of 100,000", "W016", "input: {enum: [" + times(100_000, "1,") + "]}\n"),
  ]

  private static let variables = "vars: {" + (0..<4_000).map { "v\($0): 1" }.joined(separator: ", ") + "}\n"

  private static func steps(_ count: Int, head: String = "", _ rest: (Int) -> String) -> String {
    """
    writ: 1
    title: T
    owner: role:admin
    access: {start: [role:employee]}
    \(head)start: s0
    steps:

    """ + lines(count) { "  s\($0): {type: task, title: A, assignees: [initiator], \(rest($0))}\n" }
      + "  s\(count): {type: end}\n"
      + "  done: {type: end}\n"
  }

  @Test("are refused where they break a reading rule", .timeLimit(.minutes(5)), arguments: readingRules)
  func refused(_ attack: Attack) {
    for path in ["workflows/attack.yaml", "people.yaml", "writ.yaml"] {
      var company = Company.usual
      company.texts[path] = attack.bytes
      expect(attack, of: company, path)
    }
  }

  @Test("with slips by the thousand are given up early", .timeLimit(.minutes(5)), arguments: manySlips)
  func slips(_ attack: Attack) {
    var company = Company.usual
    company.texts["workflows/attack.yaml"] = attack.bytes
    expect(attack, of: company, "workflows/attack.yaml")
  }

  private func expect(_ attack: Attack, of company: Company, _ path: String) {
    guard let checked = try? RepositoryCheck.check(company) else {
      Issue.record("a company in memory could not be read")
      return
    }
    let findings = checked.findings.filter { $0.place.file == path }
    #expect(findings.contains { $0.code == attack.code }, "\(path): \(Set(findings.map(\.code)).sorted())")
    #expect(findings.count <= 1_000)
    #expect(FindingFormat.pretty.render(findings).utf8.count < 1 << 18)
    for finding in findings { #expect(finding.message.utf8.count < 1_000, "\(finding.code)") }
  }
}
