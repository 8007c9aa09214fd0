import CEL
package import WorkflowEngine

/// Why what a person wrote does not count, in words, shown on top of the file that they wrote in.
package struct InboxAnswer: Sendable, Hashable {
  /// One sentence: what was wrong.
  package var problem: String
  /// One sentence: who may decide, where that is the matter.
  package var who: String?
  /// One sentence: how to mend it.
  package var remedy: String?

  package init(problem: String, who: String? = nil, remedy: String? = nil) {
    self.problem = problem
    self.who = who
    self.remedy = remedy
  }

  /// The engine's refusal of a decision, with the people who may decide where the decider may not.
  package init(_ rejection: Rejection, asked: [PersonID]) {
    let people = asked.isEmpty ? "nobody at the moment" : asked.joined(separator: ", ")
    self.init(
      problem: rejection.message, who: rejection.code == .notAllowed ? "asked: \(people)" : nil, remedy: rejection.hint)
  }

  func write(to page: inout ProseWriter) {
    page.line("# NOT COUNTED. What you wrote here changed nothing:")
    for sentence in [problem, who, remedy].compactMap({ $0 }) { page.paragraph("- ", sentence) }
    page.line("#")
  }
}
