import Foundation
import Testing
import WorkflowFiles

@Suite("Schemas for editors")
struct EditorSchemaTests {
  private static let folder = RuleTests.repository.appending(path: "docs/schemas")

  @Test("lie in docs/schemas as the reader's tables say", arguments: EditorSchema.all.map(\.name))
  func kept(_ name: String) throws {
    let schema = try #require(EditorSchema.all.first { $0.name == name })
    let file = Self.folder.appending(path: schema.fileName)
    if ProcessInfo.processInfo.environment["WRIT_RECORD"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(schema.render().utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == schema.render(), "WRIT_RECORD=1 swift test writes it anew")
  }

  @Test("offer a branch of its own for each type of step")
  func branches() throws {
    let text = try #require(EditorSchema.all.first { $0.name == "workflow" }).render()
    for (type, _) in StepKeys.all { #expect(text.contains("\"const\": \"\(type)\"")) }
  }

  @Test("are JSON in which every reference leads somewhere", arguments: EditorSchema.all.map(\.name))
  func references(_ name: String) throws {
    let text = try #require(EditorSchema.all.first { $0.name == name }).render()
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let definitions = try #require(document["definitions"] as? [String: Any])
    let mentions = text.components(separatedBy: "\"#/definitions/").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first
    }
    #expect(Set(mentions) == Set(definitions.keys))
  }
}
