import CEL
import WorkflowEngine

/// `{"format": 1, "findings": [...], "errors": n, "warnings": n}`, and `impact` where it was asked for. Members are added, never changed or removed.
enum JSONFormat {
  static func render(_ findings: [Finding], impact: Value?) -> String {
    JSONText.object([
      ("format", 1),
      ("errors", .int(findings.count { $0.severity == .error })),
      ("warnings", .int(findings.count { $0.severity == .warning })),
      ("findings", .list(findings.map(finding))),
      ("impact", impact.map(JSONText.init)),
    ]).render()
  }

  private static func finding(_ finding: Finding) -> JSONText {
    .object(
      [
        ("code", .string(finding.code)),
        ("severity", .string(finding.severity.rawValue)),
        ("message", .string(finding.message)),
        ("hint", .optional(finding.hint)),
        ("fix", .optional(finding.fix)),
      ] + place(finding.place) + [
        ("related", finding.related.isEmpty ? nil : .list(finding.related.map(related)))
      ])
  }

  private static func related(_ related: Finding.Related) -> JSONText {
    .object([("message", .string(related.message))] + place(related.place))
  }

  private static func place(_ place: Finding.Place) -> [(String, JSONText?)] {
    [
      ("file", .string(place.file)),
      ("line", (place.start?.line).map(JSONText.int)),
      ("column", (place.start?.column).map(JSONText.int)),
      ("endLine", (place.end?.line).map(JSONText.int)),
      ("endColumn", (place.end?.column).map(JSONText.int)),
    ]
  }
}
