import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Broken YAML")
struct BrokenYAMLTests {
  @Test("is shown as its picture says", arguments: BrokenFile.all(in: "yaml"))
  func picture(_ file: BrokenFile) throws {
    let document = YAMLReader.read(try file.bytes(), file: file.name + ".yaml")
    try file.expect(FindingFormat.pretty.render(document.findings))
  }

  @Test("has a file for every rule")
  func coverage() throws {
    let pictures = try BrokenFile.all(in: "yaml").map { try $0.expected() }.joined()
    // These two need files that are too big to keep.
    for rule in YAMLRule.allCases where rule != .fileSize && rule != .scalarSize {
      #expect(pictures.contains("error[\(rule.rawValue)]"), "no file breaks \(rule)")
    }
  }
}
