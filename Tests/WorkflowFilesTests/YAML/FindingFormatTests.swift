import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Drawing findings")
struct FindingFormatTests {
  private static let document = YAMLReader.read(
    Array("title: A\nsteps:\n  triage: {when: input.amount > 1000, then: manager_aproval}\n".utf8),
    file: "workflows/a,b.yaml")

  private static let findings = [
    document.locate(
      Diagnostic(
        "W012", .error, "no step is named 'manager_aproval'", at: ["steps", "triage", "then"],
        hint: "did you mean 'manager_approval'?")),
    document.locate(
      Diagnostic(
        "W900", .warning, "100% <odd> | title", at: ["title"],
        related: [Diagnostic.Related(path: ["steps"], message: "seen from here")])),
  ]

  private func render(_ format: FindingFormat) -> String {
    format.render(Self.findings, files: ["workflows/good.yaml"])
  }

  @Test("for people: the line, a caret and the remedy")
  func pretty() {
    #expect(
      render(.pretty) == """
        workflows/a,b.yaml:1:8: warning[W900]: 100% <odd> | title
            1 | title: A
              |        ^
        workflows/a,b.yaml:2:1: note: seen from here
            2 | steps:
              | ^^^^^

        workflows/a,b.yaml:3:45: error[W012]: no step is named 'manager_aproval'
            3 |   triage: {when: input.amount > 1000, then: manager_aproval}
              |                                             ^^^^^^^^^^^^^^^ did you mean 'manager_approval'?

        """)
  }

  @Test("compact: a line each")
  func compact() {
    #expect(
      render(.compact) == """
        workflows/a,b.yaml:1:8: warning[W900]: 100% <odd> | title
        workflows/a,b.yaml:3:45: error[W012]: no step is named 'manager_aproval'; did you mean 'manager_approval'?

        """)
  }

  @Test("GitHub: workflow commands, escaped")
  func github() {
    #expect(
      render(.github) == """
        ::warning file=workflows/a%2Cb.yaml,line=1,endLine=1,col=8,endColumn=9,title=W900::100%25 <odd> | title\
        %0Aworkflows/a,b.yaml:2:1: seen from here
        ::error file=workflows/a%2Cb.yaml,line=3,endLine=3,col=45,endColumn=60,title=W012::no step is named \
        'manager_aproval'%0Adid you mean 'manager_approval'?

        """)
  }

  @Test("JSON: versioned members")
  func json() {
    #expect(
      FindingFormat.json.render([Self.findings[0]]) == """
        {
          "format": 1,
          "errors": 1,
          "warnings": 0,
          "findings": [
            {
              "code": "W012",
              "severity": "error",
              "message": "no step is named 'manager_aproval'",
              "hint": "did you mean 'manager_approval'?",
              "fix": "manager_approval",
              "file": "workflows/a,b.yaml",
              "line": 3,
              "column": 45,
              "endLine": 3,
              "endColumn": 60
            }
          ]
        }

        """)
  }

  @Test("GitLab: fingerprints differ between findings and survive moving lines")
  func gitlab() throws {
    let twice = FindingFormat.gitlab.render([Self.findings[0], Self.findings[0]])
    let prints = twice.split(separator: "\n").filter { $0.contains("fingerprint") }
    #expect(Set(prints).count == 2)
    var moved = Self.findings[0]
    moved.place.start?.line = 30
    let again = FindingFormat.gitlab.render([moved]).split(separator: "\n").filter { $0.contains("fingerprint") }
    #expect(prints.first == again.first)
    #expect(twice.contains("\"severity\": \"critical\""))
  }

  @Test("SARIF: version, column kind, regions and an encoded address")
  func sarif() {
    let text = render(.sarif)
    for part in [
      "\"version\": \"2.1.0\"", "\"columnKind\": \"unicodeCodePoints\"", "\"uri\": \"workflows/a%2Cb.yaml\"",
      "\"startColumn\": 45", "\"ruleIndex\": 1", "\"level\": \"warning\"", "\"relatedLocations\"",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("JUnit: a case a file, errors fail it, files without findings pass")
  func junit() {
    let text = render(.junit)
    #expect(text.contains("tests=\"2\" failures=\"1\""))
    #expect(text.contains("<testcase classname=\"writ.check\" name=\"workflows/good.yaml\"/>"))
    #expect(text.contains("100% &lt;odd&gt; | title"))
  }

  @Test("Markdown: nothing an author typed is markup")
  func markdown() {
    #expect(
      render(.markdown) == #"""
        **1 error, 1 warning**

        | | where | what |
        |---|---|---|
        | warning W900 | `workflows/a,b.yaml` line 1 | 100% &lt;odd&gt; \| title |
        | error W012 | `workflows/a,b.yaml` line 3 | no step is named 'manager\_aproval'<br>did you mean 'manager\_approval'? |

        """#)
  }

  @Test("colour is an addition: without it the text is the same")
  func colour() {
    let coloured = FindingFormat.pretty.render(Self.findings, colour: true)
    #expect(coloured.contains("\u{1B}[31m"))
    var plain = coloured
    while let start = plain.range(of: "\u{1B}["), let end = plain[start.upperBound...].firstIndex(of: "m") {
      plain.removeSubrange(start.lowerBound...end)
    }
    #expect(plain == render(.pretty))
  }

  @Test("a file's escapes never reach the terminal", arguments: [FindingFormat.pretty, .compact, .markdown])
  func escapes(format: FindingFormat) {
    let finding = Finding("W000", .error, "no step '\u{1B}[2J\u{202E}'", at: Finding.Place(file: "a\u{7}.yaml"))
    let text = format.render([finding])
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
  }
}
