package import CEL
import WorkflowEngine

/// How findings are drawn: same code, words and place for terminals, pull requests and machines.
package enum FindingFormat: String, Sendable, CaseIterable {
  /// For people at a terminal, with the line and a caret.
  case pretty
  /// One line each, as compilers write and editors parse.
  case compact
  /// Versioned and stable, for programs.
  case json
  /// Workflow commands that annotate a pull request on GitHub.
  case github
  /// GitLab's code quality report.
  case gitlab
  /// SARIF 2.1.0.
  case sarif
  /// JUnit XML: one test case a file.
  case junit
  /// A comment on a pull request.
  case markdown

  /// - Parameters:
  ///   - files: every file that was looked at, so that formats with verdicts a file can name those without findings.
  ///   - impact: what the change does to what runs, for formats that have a place for it.
  ///   - colour: whether `pretty` may use terminal colours.
  package func render(_ findings: [Finding], files: [String] = [], impact: Value? = nil, colour: Bool = false) -> String
  {
    let findings = findings.sorted()
    return switch self {
    case .pretty: PrettyFormat(colour: colour).render(findings)
    case .compact: CompactFormat.render(findings)
    case .json: JSONFormat.render(findings, impact: impact)
    case .github: GitHubFormat.render(findings)
    case .gitlab: GitLabFormat.render(findings)
    case .sarif: SARIFFormat.render(findings)
    case .junit: JUnitFormat.render(findings, files: files)
    case .markdown: MarkdownFormat.render(findings)
    }
  }
}

extension Finding {
  /// `error[W012]`
  var label: String { "\(severity.rawValue)[\(code)]" }

  /// Message and hint in one line, for formats without a place for the second.
  var sentence: String { hint.map { "\(message); \($0)" } ?? message }
}

extension Finding.Place {
  /// `file:line:column`, or `file`.
  var address: String { start.map { "\(file):\($0.line):\($0.column)" } ?? file }
}
