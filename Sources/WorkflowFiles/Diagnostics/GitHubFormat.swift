import WorkflowEngine

/// Workflow commands: `::error file=a,line=1,col=2,endLine=1,endColumn=5,title=W012::message`.
enum GitHubFormat {
  static func render(_ findings: [Finding]) -> String {
    findings.map { finding in
      var properties = [("file", finding.place.file)]
      if let start = finding.place.start, let end = finding.place.end {
        properties += [("line", "\(start.line)"), ("endLine", "\(end.line)")]
        // GitHub ignores columns of places that span lines.
        if start.line == end.line { properties += [("col", "\(start.column)"), ("endColumn", "\(end.column)")] }
      }
      properties.append(("title", finding.code))
      let list = properties.map { "\($0)=\(property($1))" }.joined(separator: ",")
      return "::\(command(finding.severity)) \(list)::\(data(words(finding)))\n"
    }.joined()
  }

  private static func words(_ finding: Finding) -> String {
    let lines = [finding.message, finding.hint].compactMap(\.self)
    return (lines + finding.related.map { "\($0.place.address): \($0.message)" }).joined(separator: "\n")
  }

  private static func command(_ severity: Diagnostic.Severity) -> String {
    severity == .note ? "notice" : severity.rawValue
  }

  private static func data(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += escapes[$1] ?? String($1) }
  }
}
