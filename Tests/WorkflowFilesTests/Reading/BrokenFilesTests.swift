import Testing
import WorkflowFiles

@Suite("Broken files")
struct BrokenFilesTests {
  @Test("workflows are shown as their pictures say", arguments: BrokenFile.all(in: "workflow"))
  func workflow(_ file: BrokenFile) throws {
    let read = WorkflowReader.read(try file.bytes(), file: file.name + ".yaml", name: file.name)
    try file.expect(FindingFormat.pretty.render(read.findings))
  }

  @Test("people are shown as their pictures say", arguments: BrokenFile.all(in: "people"))
  func people(_ file: BrokenFile) throws {
    try file.expect(FindingFormat.pretty.render(PeopleReader.read(try file.bytes()).findings))
  }

  @Test("settings are shown as their pictures say", arguments: BrokenFile.all(in: "settings"))
  func settings(_ file: BrokenFile) throws {
    try file.expect(FindingFormat.pretty.render(SettingsReader.read(try file.bytes()).findings))
  }

  @Test("owners of paths are shown as their pictures say", arguments: BrokenFile.all(in: "owners"))
  func owners(_ file: BrokenFile) throws {
    let read = CodeOwnersReader.read(try file.bytes(), file: "CODEOWNERS")
    try file.expect(FindingFormat.pretty.render(read.findings))
  }

  @Test("there is a file for every rule")
  func coverage() throws {
    let pictures = try ["workflow", "people", "settings", "owners", "messages"].flatMap(BrokenFile.all).map {
      try $0.expected()
    }
    .joined()
    for rule in ReadingRule.allCases where rule != .limit {
      #expect(pictures.contains("error[\(rule.rawValue)]"), "no file breaks \(rule)")
    }
  }
}
