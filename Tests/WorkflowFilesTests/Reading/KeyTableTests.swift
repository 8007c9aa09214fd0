import Testing
import WorkflowFiles

@Suite("Tables of keys")
struct KeyTableTests {
  private static let tables =
    StepKeys.all.map(\.table) + [WorkflowKeys.process, WorkflowKeys.stateMachine, PeopleKeys.file, SettingsKeys.file]

  @Test("every key is kebab-case and has a sentence", arguments: tables.map(\.noun))
  func keys(_ noun: String) throws {
    let table = try #require(Self.tables.first { $0.noun == noun })
    for key in table.keys {
      #expect(key.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(key.name)")
      #expect(!key.doc.isEmpty && !key.doc.hasSuffix("."), "\(key.name)")
    }
  }

  @Test("every rule of reading has its own code and an explanation")
  func codes() {
    let codes = YAMLRule.allCases.map(\.rawValue) + ReadingRule.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0 < "W100" })
    #expect(ReadingRule.allCases.allSatisfy { !$0.explanation.isEmpty })
    #expect(YAMLRule.allCases.allSatisfy { !$0.explanation.isEmpty })
  }
}
