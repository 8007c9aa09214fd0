/// `file:line:column: error[W012]: message; hint`
enum CompactFormat {
  static func render(_ findings: [Finding]) -> String {
    findings.map { finding in
      PrintableText.escaped("\(finding.place.address): \(finding.label): \(finding.sentence)") + "\n"
    }.joined()
  }
}
