import Foundation
import Testing
import WorkflowEngine
import WorkflowFiles

@Suite("Approvals by example")
struct ApprovalSampleTests {
  @Test("the samples of the documentation are sound, and do what their scenarios say")
  func samples() throws {
    let folder = RuleTests.repository.appending(path: "docs/approvals")
    let checked = try RepositoryCheck.check(FolderTree(folder.path))
    #expect(checked.people.owners?.file == "CODEOWNERS")
    let suite = ScenarioSuite(of: checked, zones: { _ in nil })
    let found = checked.findings + suite.failures
    #expect(found.map { "\($0.place.file):\($0.place.start?.line ?? 0): \($0.message)" } == [])
    #expect(Set(suite.coverage.keys) == Set(checked.workflows.keys))
  }
}
