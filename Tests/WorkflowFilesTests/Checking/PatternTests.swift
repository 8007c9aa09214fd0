import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Control-flow patterns")
struct PatternTests {
  private static let docs = RuleTests.repository.appending(path: "docs")

  private func repository() throws -> CheckedRepository {
    try RepositoryCheck.check(FolderTree(Self.docs.appending(path: "patterns").path))
  }

  @Test("every sample is sound, and does what its pattern says")
  func samples() throws {
    let checked = try repository()
    let suite = ScenarioSuite(of: checked, zones: { _ in nil })
    let errors = checked.findings.filter { $0.severity == .error } + suite.failures
    #expect(errors.map { "\($0.place.file):\($0.place.start?.line ?? 0): \($0.message)" } == [])
    #expect(Set(suite.coverage.keys) == Set(checked.workflows.keys))
  }

  @Test("the table has all forty-three, and every sample stands in it")
  func table() throws {
    let text = try String(contentsOf: Self.docs.appending(path: "patterns.md"), encoding: .utf8)
    let numbers = text.split(separator: "\n").compactMap { Int($0.split(separator: " ").dropFirst().first ?? "") }
    #expect(numbers == Array(1...43))
    for name in try repository().workflows.keys {
      #expect(text.contains("patterns/workflows/\(name).yaml"), "\(name)")
    }
  }
}
