extension Checker {
  /// What an alive caller could not do any more, were these the deployed workflows: a sentence each.
  package static func brokenCalls(
    of caller: Workflow, among workflows: [String: Workflow], people: People, settings: Settings
  ) -> [String] {
    let calls = caller.steps.contains { if case .call = $0.kind { true } else { false } }
    guard calls else { return [] }
    let subject = CheckSubject(workflow: caller, people: people, settings: settings, workflows: workflows)
    return [Rule.callOfNoWorkflow, .callOutcomeWithoutTarget, .callInput].flatMap { $0.check(subject).map(\.message) }
  }
}
