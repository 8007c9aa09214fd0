import WorkflowEngine

/// JUnit XML: one test case a file; errors fail it, the rest stands in its output.
enum JUnitFormat {
  static func render(_ findings: [Finding], files: [String]) -> String {
    let byFile = Dictionary(grouping: findings, by: \.place.file)
    let names = Set(files).union(byFile.keys).sorted()
    let failures = names.count { byFile[$0, default: []].contains { $0.severity == .error } }
    let cases = names.map { testCase($0, byFile[$0, default: []]) }.joined()
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
      <testsuite name="writ check" tests="\(names.count)" failures="\(failures)" errors="0" skipped="0">
      \(cases)</testsuite>
      </testsuites>

      """
  }

  private static func testCase(_ file: String, _ findings: [Finding]) -> String {
    let opening = "<testcase classname=\"writ.check\" name=\"\(escaped(file))\""
    guard !findings.isEmpty else { return opening + "/>\n" }
    let errors = findings.filter { $0.severity == .error }
    let others = findings.filter { $0.severity != .error }
    var text = opening + ">\n"
    if let first = errors.first {
      let message = errors.count == 1 ? first.message : "\(errors.count) errors"
      text += "<failure type=\"\(escaped(first.code))\" message=\"\(escaped(message))\">\(picture(errors))</failure>\n"
    }
    if !others.isEmpty { text += "<system-out>\(picture(others))</system-out>\n" }
    return text + "</testcase>\n"
  }

  private static func picture(_ findings: [Finding]) -> String { escaped(PrettyFormat().render(findings)) }

  private static func escaped(_ text: String) -> String {
    let names: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&apos;"]
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      let isAllowed = scalar.value >= 0x20 || scalar == "\n" || scalar == "\t"
      result += names[scalar] ?? (isAllowed && scalar.value & 0xFFFE != 0xFFFE ? String(scalar) : "\u{FFFD}")
    }
  }
}
