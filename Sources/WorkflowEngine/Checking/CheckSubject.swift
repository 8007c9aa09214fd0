/// What a rule looks at: one workflow, what it stands among, and what is known of it as a graph.
package struct CheckSubject: Sendable {
  package let workflow: Workflow
  package let types: WorkflowTypes
  package let people: People
  package let settings: Settings
  /// All workflows of the commit, by name; this one included.
  package let workflows: [String: Workflow]
  let graph: StepGraph
  let frames: StaticFrames
  let roster: Roster
  let selectors: [SelectorPlace]
  let spans: [SpanPlace]
  let expressions: ExpressionSurvey
  let soundness: Soundness

  package init(workflow: Workflow, people: People, settings: Settings, workflows: [String: Workflow]) {
    self.workflow = workflow
    self.people = people
    self.settings = settings
    self.workflows = workflows
    types = WorkflowTypes(of: workflow)
    graph = StepGraph(of: workflow)
    frames = StaticFrames(of: workflow, graph)
    roster = Roster(of: workflow, people)
    selectors = workflow.selectorPlaces
    spans = workflow.spanPlaces
    expressions = ExpressionSurvey(of: workflow, types: types, settings: settings, graph: graph)
    soundness = Soundness(of: workflow, graph, frames)
  }
}
