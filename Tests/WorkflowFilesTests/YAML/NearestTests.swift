import Testing
import WorkflowFiles

@Suite("Did you mean")
struct NearestTests {
  @Test(
    "finds the word that was meant",
    arguments: [
      ("tittle", "title"), ("onerror", "on-error"), ("on_error", "on-error"), ("Then", "then"), ("thne", "then"),
      ("manager_aproval", "manager_approval"), ("asignees", "assignees"),
    ])
  func near(_ typed: String, _ meant: String) {
    let words = ["title", "on-error", "then", "manager_approval", "assignees", "due"]
    #expect(Nearest.word(to: typed, among: words) == meant)
  }

  @Test(
    "says nothing when nothing is near", arguments: ["wheelbarrow", "x", "", String(repeating: "title", count: 1000)])
  func far(_ typed: String) {
    #expect(Nearest.word(to: typed, among: ["title", "on-error", "assignees"]) == nil)
  }
}
