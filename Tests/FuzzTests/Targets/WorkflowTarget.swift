import WorkflowEngine
import WorkflowFiles

enum WorkflowTarget {
  static let path = "workflows/fuzz/sample.yaml"

  static func fault(_ bytes: [UInt8]) -> String? {
    var company = Company.usual
    company.texts[path] = bytes
    guard let checked = try? RepositoryCheck.check(company) else { return "a company in memory could not be read" }
    let isRead = checked.workflows["fuzz/sample"] != nil
    if !isRead, !checked.hasErrors { return "a file without errors gave no workflow" }
    return Findings.fault(checked.findings, of: path, bytes)
  }
}

/// What every finding keeps to.
enum Findings {
  static func fault(_ findings: [Finding], of path: String, _ bytes: [UInt8]) -> String? {
    for finding in findings where finding.place.file == path {
      if finding.message.isEmpty || finding.code.isEmpty { return "a finding without words" }
      guard let start = finding.place.start, let end = finding.place.end else { continue }
      guard start <= end, end.offset <= bytes.count, start.line >= 1, start.column >= 1 else {
        return "\(finding.code) stands from \(start) to \(end) in \(bytes.count) bytes"
      }
    }
    for format in FindingFormat.allCases where format.render(findings).isEmpty && !findings.isEmpty {
      return "\(findings.count) findings are nothing in \(format)"
    }
    return nil
  }
}
