import WorkflowEngine

/// SARIF 2.1.0, as code scanning services take it.
enum SARIFFormat {
  static func render(_ findings: [Finding]) -> String {
    let rules = Array(Set(findings.map(\.code))).sorted()
    var fingerprints = Fingerprints()
    let results = findings.map { result($0, rules, fingerprints.next(for: $0)) }
    let driver = JSONText.object([
      ("name", "writ"), ("rules", .list(rules.map { .object([("id", .string($0))]) })),
    ])
    let run = JSONText.object([
      ("tool", .object([("driver", driver)])), ("columnKind", "unicodeCodePoints"), ("results", .list(results)),
    ])
    return JSONText.object([
      ("$schema", "https://json.schemastore.org/sarif-2.1.0.json"), ("version", "2.1.0"), ("runs", .list([run])),
    ]).render()
  }

  private static func result(_ finding: Finding, _ rules: [String], _ fingerprint: String) -> JSONText {
    .object([
      ("ruleId", .string(finding.code)),
      ("ruleIndex", rules.firstIndex(of: finding.code).map(JSONText.int)),
      ("level", .string(finding.severity.rawValue)),
      ("message", .object([("text", .string(finding.sentence))])),
      ("locations", .list([location(finding.place)])),
      (
        "relatedLocations",
        finding.related.isEmpty ? nil : .list(finding.related.map { location($0.place, message: $0.message) })
      ),
      ("partialFingerprints", .object([("writ/v1", .string(fingerprint))])),
      ("fixes", fix(finding).map { .list([$0]) }),
    ])
  }

  private static func fix(_ finding: Finding) -> JSONText? {
    guard let fix = finding.fix, let region = region(finding.place) else { return nil }
    let replacement = JSONText.object([
      ("deletedRegion", region), ("insertedContent", .object([("text", .string(fix))])),
    ])
    return .object([
      ("description", .object([("text", .optional(finding.hint))])),
      (
        "artifactChanges",
        .list([
          .object([
            ("artifactLocation", .object([("uri", .string(uri(finding.place.file)))])),
            ("replacements", .list([replacement])),
          ])
        ])
      ),
    ])
  }

  private static func location(_ place: Finding.Place, message: String? = nil) -> JSONText {
    .object([
      (
        "physicalLocation",
        .object([
          ("artifactLocation", .object([("uri", .string(uri(place.file)))])),
          ("region", region(place)),
        ])
      ),
      ("message", message.map { .object([("text", .string($0))]) }),
    ])
  }

  private static func region(_ place: Finding.Place) -> JSONText? {
    guard let start = place.start, let end = place.end else { return nil }
    return .object([
      ("startLine", .int(start.line)), ("startColumn", .int(start.column)), ("endLine", .int(end.line)),
      ("endColumn", .int(end.column)),
    ])
  }

  /// A relative reference: everything but RFC 3986's unreserved characters and `/` is percent-encoded.
  private static func uri(_ path: String) -> String {
    path.utf8.reduce(into: "") { result, byte in
      let scalar = Unicode.Scalar(byte)
      let isUnreserved = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      result +=
        isUnreserved || "-._~/".unicodeScalars.contains(scalar)
        ? String(scalar) : "%" + Hexadecimal.digits(UInt32(byte), width: 2)
    }
  }
}
