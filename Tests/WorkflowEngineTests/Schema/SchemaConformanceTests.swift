import CEL
import Foundation
import Testing

@testable import WorkflowEngine

/// The JSON-Schema-Test-Suite, from the folder that `WRIT_JSON_SCHEMA_CASES` names or
/// `../shared/conformance/json-schema` beside the repository.
@Suite("JSON Schema conformance")
struct SchemaConformanceTests {
  static let folder: URL? = {
    if let named = ProcessInfo.processInfo.environment["WRIT_JSON_SCHEMA_CASES"] { return URL(filePath: named) }
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let beside = root.deletingLastPathComponent().appending(path: "shared/conformance/json-schema")
    return FileManager.default.fileExists(atPath: beside.path) ? beside : nil
  }()

  /// Schemas of the suite that use keywords outside the subset; all others must be read.
  static let mostRefused = 8

  @Test(
    "every case answers as the suite says, or its schema is refused for a keyword outside the subset",
    .enabled(if: folder != nil, "no cases: set WRIT_JSON_SCHEMA_CASES to a folder of the suite"))
  func answersAsTheSuiteSays() throws {
    let folder = try #require(Self.folder)
    var (answered, refused) = (0, [String]())
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    for name in names.sorted() {
      let groups = try Value(json: Data(contentsOf: folder.appending(path: name)))
      for group in try #require(groups.listValue) {
        let (schemaValue, cases) = try (#require(group["schema"]), #require(group["tests"]?.listValue))
        let title = "\(name): \(group["description"]?.stringValue ?? "")"
        do {
          answered += try check(cases, with: Schema(schemaValue), title)
        } catch let errors as SchemaErrors {
          refused.append("\(title): \(errors.problems.map { "\($0.pointer) \($0.message)" })")
        }
      }
    }
    print("JSON Schema: \(answered) cases answered; \(refused.count) schemas outside the subset:")
    for line in refused { print("  \(line)") }
    #expect(answered > 0)
    #expect(refused.count <= Self.mostRefused)
  }

  private func check(_ cases: [Value], with schema: Schema, _ title: String) throws -> Int {
    for test in cases {
      let data = try #require(test["data"])
      let violations = schema.validate(data, SchemaValidation(unknownFields: .allowed))
      let expected = test["valid"] == .bool(true)
      #expect(
        violations.isEmpty == expected,
        "\(title): \(test["description"]?.stringValue ?? ""): \(data): \(violations.map(\.message))")
    }
    return cases.count
  }
}
