import WorkflowEngine

/// GitLab's code quality report: a list of issues with fingerprints that survive moving lines.
enum GitLabFormat {
  static func render(_ findings: [Finding]) -> String {
    var fingerprints = Fingerprints()
    return JSONText.list(findings.map { issue($0, fingerprints.next(for: $0)) }).render()
  }

  private static func issue(_ finding: Finding, _ fingerprint: String) -> JSONText {
    .object([
      ("description", .string(finding.sentence)),
      ("check_name", .string(finding.code)),
      ("fingerprint", .string(fingerprint)),
      ("severity", .string(severity(finding.severity))),
      (
        "location",
        .object([
          ("path", .string(finding.place.file)),
          ("lines", .object([("begin", .int(finding.place.start?.line ?? 1))])),
        ])
      ),
    ])
  }

  private static func severity(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "minor"
    case .note: "info"
    }
  }
}

/// Names a finding by what it says and the line it says it of, not by the line's number.
struct Fingerprints {
  private var seen: [UInt64: Int] = [:]

  /// Equal findings of one report are told apart by their order.
  mutating func next(for finding: Finding) -> String {
    let line = finding.place.excerpt.map { $0.before + $0.marked + $0.after } ?? ""
    let words = [finding.code, finding.place.file, finding.message, line].joined(separator: "\0")
    let hash = Self.hash(words)
    seen[hash, default: 0] += 1
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + "-\(seen[hash] ?? 1)"
  }

  /// FNV-1a, 64 bits: stable across runs and releases, as Swift's own hash is not.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
