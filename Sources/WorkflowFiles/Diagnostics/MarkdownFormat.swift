import WorkflowEngine

/// A comment on a pull request: counts, then a table; nothing that an author typed can become markup.
enum MarkdownFormat {
  static func render(_ findings: [Finding]) -> String {
    guard !findings.isEmpty else { return "No findings.\n" }
    let rows = findings.map { finding in
      let place = finding.place.start.map { "\(code(finding.place.file)) line \($0.line)" } ?? code(finding.place.file)
      return "| \(finding.severity.rawValue) \(finding.code) | \(place) | \(words(finding)) |\n"
    }
    return "\(summary(findings))\n\n| | where | what |\n|---|---|---|\n" + rows.joined()
  }

  private static func summary(_ findings: [Finding]) -> String {
    let counts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return "**\(counts.joined(separator: ", "))**"
  }

  private static func words(_ finding: Finding) -> String {
    let hint = finding.hint.map { "<br>" + escaped($0) } ?? ""
    return escaped(finding.message) + hint
  }

  private static func code(_ text: String) -> String {
    "`\(PrintableText.escaped(text).filter { $0 != "`" && $0 != "|" })`"
  }

  private static func escaped(_ text: String) -> String {
    PrintableText.escaped(text).unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "|", "[", "]", "#", "~", "!", "@": result += "\\" + String(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
