/// One thing that the checker proves, with its own code, sentence and explanation. One rule per file in `Rules/`.
package struct Rule: Sendable {
  /// Stays the same for ever: `W101`. The reader's own findings are below `W100`.
  package let code: String
  /// A few words for lists: `unreachable step`.
  package let title: String
  /// What `writ explain` prints: why it matters, a wrong and a right example, in Markdown.
  package let explanation: String
  let check: @Sendable (CheckSubject) -> [Diagnostic]

  init(
    _ code: String, _ title: String, explanation: String, check: @escaping @Sendable (CheckSubject) -> [Diagnostic]
  ) {
    self.code = code
    self.title = title
    self.explanation = explanation
    self.check = check
  }
}

/// What a rule looks at: one workflow, and what it stands among.
package struct CheckSubject: Sendable {
  package var workflow: Workflow
  package var types: WorkflowTypes
  package var people: People
  package var settings: Settings
  /// All workflows of the commit, by name; this one included.
  package var workflows: [String: Workflow]
  let graph: StepGraph

  package init(workflow: Workflow, people: People, settings: Settings, workflows: [String: Workflow]) {
    self.workflow = workflow
    self.people = people
    self.settings = settings
    self.workflows = workflows
    types = WorkflowTypes(of: workflow)
    graph = StepGraph(of: workflow)
  }
}

package enum Checker {
  /// Runs every rule; one pass collects everything, in the order of the file.
  package static func check(_ subject: CheckSubject) -> [Diagnostic] {
    Rule.all.flatMap { $0.check(subject) }
  }
}
